package org.sillok.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.batch2.api.IJobMaintenanceService;
import ca.uhn.fhir.jpa.packages.IPackageInstallerSvc;
import ca.uhn.fhir.jpa.packages.PackageInstallationSpec;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the server writes on its own behalf. */
class InternalWritesIT extends RunningServer {

  @Autowired IJobMaintenanceService jobs;
  @Autowired IPackageInstallerSvc packages;

  @Test
  void aBulkImportIsLogged() throws IOException {
    HttpServer files = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    byte[] lines =
        (patient("imported1", "I") + "\n" + patient("imported2", "I") + "\n").getBytes(UTF_8);
    files.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/fhir+ndjson");
          exchange.sendResponseHeaders(200, lines.length);
          exchange.getResponseBody().write(lines);
          exchange.close();
        });
    files.start();
    try {
      String url = "http://localhost:" + files.getAddress().getPort();
      send("POST", "$import", importOf(url), "Prefer", "respond-async").expect(202);
      await()
          .atMost(Duration.ofMinutes(3))
          .untilAsserted(
              () -> {
                jobs.forceMaintenancePass();
                assertThat(story("Patient", "imported2")).containsExactly("1 create");
              });
    } finally {
      files.stop(0);
    }

    assertThat(story("Patient", "imported1")).containsExactly("1 create");
    assertThat(entriesOf("Patient", "imported1").get(0).text("agent")).isEqualTo("system");
    assertThat(entriesOf("Patient", "imported1").get(0).text("source")).isEqualTo("internal");
    assertCommitmentMatchesVread("Patient", "imported1", 1);
    assertLogAndDatabaseAgree();
  }

  private static String importOf(String url) {
    return """
        {"resourceType":"Parameters","parameter":[
          {"name":"inputFormat","valueCode":"application/fhir+ndjson"},
          {"name":"inputSource","valueUri":"%s"},
          {"name":"storageDetail","part":[{"name":"type","valueCode":"https"}]},
          {"name":"input","part":[{"name":"type","valueCode":"Patient"},{"name":"url","valueUri":"%s/patients.ndjson"}]}]}"""
        .formatted(url, url);
  }

  @Test
  void anInstalledPackageIsLogged() throws IOException {
    String codeSystem =
        "{\"resourceType\":\"CodeSystem\",\"id\":\"in-a-package\",\"url\":\"http://example.org/cs/packaged\",\"version\":\"1\",\"status\":\"active\",\"content\":\"complete\",\"concept\":[{\"code\":\"a\"}]}";
    byte[] tarball =
        tarball(
            Map.of(
                "package/package.json",
                "{\"name\":\"org.example.test\",\"version\":\"1.0.0\",\"fhirVersions\":[\"4.0.1\"],\"dependencies\":{}}",
                "package/CodeSystem-in-a-package.json",
                codeSystem));
    packages.install(
        new PackageInstallationSpec()
            .setName("org.example.test")
            .setVersion("1.0.0")
            .setPackageContents(tarball)
            .setInstallMode(PackageInstallationSpec.InstallModeEnum.STORE_AND_INSTALL));

    String id =
        get("CodeSystem?url=http://example.org/cs/packaged")
            .json()
            .path("entry")
            .path(0)
            .path("resource")
            .path("id")
            .asText();
    assertThat(story("CodeSystem", id)).containsExactly("1 create");
    assertThat(entriesOf("CodeSystem", id).get(0).text("agent")).isEqualTo("system");
    assertCommitmentMatchesVread("CodeSystem", id, 1);
    assertLogAndDatabaseAgree();
  }

  private static byte[] tarball(Map<String, String> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        byte[] content = file.getValue().getBytes(UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }
}
