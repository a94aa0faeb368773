package org.sillok.verification;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;

/** Writes in every way that HAPI has, and awkward content with them. */
final class BroadMix {

  private static final String PATIENT =
      "{'resourceType':'Patient','name':[{'family':'홍','given':['길동']}],'birthDate':'1980-02-29'}";

  private final RunningServer server;

  BroadMix(RunningServer server) {
    this.server = server;
  }

  static String json(String quoted) {
    return quoted.replace('\'', '"');
  }

  void write() {
    String patient =
        json(
            PATIENT.replace("{'resourceType':'Patient',", "{'resourceType':'Patient','id':'mix',"));
    server.put("Patient/mix", patient).expect(201);
    observations();
    labels();
    bundles();
    deletions();
    conditional();
    binaries();
    expunging();
  }

  private void observations() {
    String observation =
        json(
            "{'resourceType':'Observation','id':'o1','status':'final','code':{'text':'a\\u0001\\\"\\\\/é€😀'},"
                + "'subject':{'reference':'Patient/mix'},'valueQuantity':{'value':%s,'unit':'mg'},"
                + "'text':{'status':'generated','div':'<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">a&nbsp;b</div>'},"
                + "'contained':[{'resourceType':'Device','id':'d','status':'active'}],'device':{'reference':'#d'},"
                + "'extension':[{'url':'http://x/y','valueDecimal':0.10}]}");
    for (String value : new String[] {"1.00", "1.0", "1", "1E3", "-0.0", "0.000000001"}) {
      server.put("Observation/o1", observation.formatted(value));
    }
    server.put("Observation/o1", observation.formatted("0.000000001")).expect(200);
    server
        .send(
            server
                .fhir("Observation/o1")
                .setHeader("Content-Type", "application/json-patch+json")
                .method(
                    "PATCH",
                    BodyPublishers.ofString(
                        json("[{'op':'replace','path':'/status','value':'amended'}]"))))
        .expect(200);
    server
        .post("Observation", observation.formatted("2.50").replace("\"id\":\"o1\",", ""))
        .expect(201);
  }

  private void labels() {
    String labelled =
        json(
            "{'resourceType':'Patient','id':'labels','meta':{'profile':['http://z','http://a'],"
                + "'security':[{'system':'http://s','code':'R','display':'shown'},{'code':'V'}],"
                + "'tag':[{'system':'http://t','code':'b'},{'system':'http://t','code':'a','version':'2','userSelected':true}],"
                + "'extension':[{'url':'http://m/e','valueString':'kept'}],'source':'http://from'},'active':%s}");
    server.put("Patient/labels", labelled.formatted("true")).expect(201);
    server.put("Patient/labels", labelled.formatted("false")).expect(200);
    server.put("Patient/labels", json("{'resourceType':'Patient','id':'labels','gender':'other'}"));
    meta("Patient/labels/$meta-add", "{'system':'http://t','code':'added'}");
    meta("Patient/labels/$meta-delete", "{'system':'http://t','code':'b'}");
    meta("Patient/labels/_history/1/$meta-add", "{'system':'http://t','code':'old'}");
    server.put("Patient/labels", labelled.formatted("true")).expect(200);
  }

  private void meta(String operation, String tag) {
    server
        .post(
            operation,
            json(
                "{'resourceType':'Parameters','parameter':[{'name':'meta','valueMeta':{'tag':["
                    + tag
                    + "]}}]}"))
        .expect(200);
  }

  private void bundles() {
    String entries =
        "'entry':["
            + "{'fullUrl':'urn:uuid:88888888-4444-4444-8444-000000000001','resource':"
            + PATIENT
            + ",'request':{'method':'POST','url':'Patient'}},"
            + "{'resource':{'resourceType':'Encounter','status':'finished','class':{'code':'AMB'},"
            + "'subject':{'reference':'urn:uuid:88888888-4444-4444-8444-000000000001'}},"
            + "'request':{'method':'POST','url':'Encounter'}},"
            + "{'resource':{'resourceType':'Patient','id':'%1$s','active':true},"
            + "'request':{'method':'PUT','url':'Patient/%1$s'}},"
            + "{'request':{'method':'DELETE','url':'Patient/%2$s'}}]";
    for (String type : new String[] {"transaction", "batch"}) {
      String kept = type + "-kept";
      String gone = type + "-gone";
      server
          .put("Patient/" + gone, json("{'resourceType':'Patient','id':'" + gone + "'}"))
          .expect(201);
      String bundle =
          "{'resourceType':'Bundle','type':'" + type + "'," + entries.formatted(kept, gone) + "}";
      server
          .post(
              "",
              json(
                  bundle.replace(
                      "urn:uuid:88888888-4444-4444-8444-000000000001'}",
                      type.equals("batch")
                          ? "Patient/mix'}"
                          : "urn:uuid:88888888-4444-4444-8444-000000000001'}")))
          .expect(200);
    }
    server
        .post(
            "",
            json(
                "{'resourceType':'Bundle','type':'transaction','entry':["
                    + "{'resource':{'resourceType':'Patient','id':'rolled-back'},'request':{'method':'PUT','url':'Patient/rolled-back'}},"
                    + "{'resource':{'resourceType':'Observation','status':'final','code':{'text':'x'},'subject':{'reference':'Patient/none'}},"
                    + "'request':{'method':'POST','url':'Observation'}}]}"))
        .expect(400);
  }

  private void deletions() {
    String note =
        json(
            "{'resourceType':'Basic','id':'%s','code':{'coding':[{'system':'http://b','code':'%s'}]}}");
    for (String id : new String[] {"b1", "b2", "b3"}) {
      server.put("Basic/" + id, note.formatted(id, "many")).expect(201);
    }
    server.delete("Basic?code=many").expect(200);
    server.put("Basic/b1", note.formatted("b1", "back")).expect(201);
    server.delete("Basic/b1").expect(200);
    server
        .put(
            "Basic/tagged",
            json(
                "{'resourceType':'Basic','id':'tagged','meta':{'tag':[{'system':'http://t','code':'x'}]}}"))
        .expect(201);
    server.delete("Basic/tagged").expect(200);
    server.put("Basic/tagged", json("{'resourceType':'Basic','id':'tagged'}")).expect(201);
  }

  private void conditional() {
    String group =
        json(
            "{'resourceType':'Organization','identifier':[{'system':'http://i','value':'1'}],'name':'%s'}");
    server
        .send(
            server
                .fhir("Organization")
                .header("If-None-Exist", "identifier=http://i|1")
                .POST(BodyPublishers.ofString(group.formatted("A"))))
        .expect(201);
    server
        .send(
            server
                .fhir("Organization")
                .header("If-None-Exist", "identifier=http://i|1")
                .POST(BodyPublishers.ofString(group.formatted("B"))))
        .expect(200);
    server.put("Organization?identifier=http://i%7C1", group.formatted("C")).expect(200);
    server.delete("Organization?identifier=http://i%7C1").expect(200);
  }

  private void binaries() {
    for (int size : new int[] {10, 5000}) {
      byte[] content = new byte[size];
      java.util.Arrays.fill(content, (byte) size);
      String data = Base64.getEncoder().encodeToString(content);
      server
          .post(
              "Binary",
              json(
                  "{'resourceType':'Binary','contentType':'application/pdf','data':'"
                      + data
                      + "'}"))
          .expect(201);
      server
          .put(
              "DocumentReference/d" + size,
              json(
                  "{'resourceType':'DocumentReference','id':'d"
                      + size
                      + "','status':'current','content':[{'attachment':{'contentType':'text/plain','data':'"
                      + data
                      + "'}}]}"))
          .expect(201);
      server
          .put(
              "DocumentReference/d" + size,
              json(
                  "{'resourceType':'DocumentReference','id':'d"
                      + size
                      + "','status':'superseded','content':[{'attachment':{'contentType':'text/plain','data':'"
                      + data
                      + "'}}]}"))
          .expect(200);
    }
    server
        .send(
            server
                .request("/fhir/Binary")
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofByteArray(new byte[3000])))
        .expect(201);
  }

  private void expunging() {
    String group = json("{'resourceType':'Group','id':'%s','type':'person','actual':%s}");
    for (String id : new String[] {"old", "gone"}) {
      server.put("Group/" + id, group.formatted(id, "true")).expect(201);
      server.put("Group/" + id, group.formatted(id, "false")).expect(200);
    }
    String parameters =
        "{'resourceType':'Parameters','parameter':[{'name':'%s','valueBoolean':true},{'name':'limit','valueInteger':100}]}";
    server
        .post("Group/old/$expunge", json(parameters.formatted("expungePreviousVersions")))
        .expect(200);
    server.delete("Group/gone").expect(200);
    server
        .post(
            "Group/gone/$expunge",
            json(
                parameters
                    .formatted("expungeDeletedResources")
                    .replace(
                        "},{'name':'limit'",
                        "},{'name':'expungePreviousVersions','valueBoolean':true},{'name':'limit'")))
        .expect(200);
    for (String actual : new String[] {"true", "false"}) {
      server.put("Group/gone", group.formatted("gone", actual));
    }
  }
}
