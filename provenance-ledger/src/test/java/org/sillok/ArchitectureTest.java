package org.sillok;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which way the dependencies point inside this module, and what stays outside of it. */
@AnalyzeClasses(packages = "org.sillok", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] PURE = {
    "org.sillok.merkle..", "org.sillok.canonical..", "org.sillok.note..", "org.sillok.evidence.."
  };

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("org.sillok.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule subpackagesHaveNoCycles =
      slices().matching("org.sillok.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule pureCodeTouchesNoFileNetworkDatabaseOrClock =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..", "javax.sql..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.File")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.time.Clock")
          .orShould()
          .dependOnClassesThat()
          .haveSimpleNameContaining("FileInputStream");

  @ArchTest
  static final ArchRule theMerkleTreeKnowsNothingElseOfThisProject =
      classes()
          .that()
          .resideInAPackage("org.sillok.merkle..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("org.sillok.merkle..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule theCanonicalFormKnowsJacksonOnly =
      classes()
          .that()
          .resideInAPackage("org.sillok.canonical..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.sillok.canonical..",
              "com.fasterxml.jackson.core..",
              "java..",
              "javax.crypto..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule notesKnowTheTreeAndBouncyCastleOnly =
      classes()
          .that()
          .resideInAPackage("org.sillok.note..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.sillok.note..",
              "org.sillok.merkle..",
              "org.bouncycastle.crypto..",
              "java..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule theVerifierUsesNoDatabaseAndNoLogger =
      noClasses()
          .that()
          .resideInAnyPackage("org.sillok.verify..", "org.sillok.evidence..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.slf4j..", "java.net.http..");

  @ArchTest
  static final ArchRule nothingHereKnowsSpringOrHapi =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "ca.uhn..", "org.hl7..", "jakarta..");

  @ArchTest
  static final ArchRule onlyTheBesuLedgerKnowsWeb3jAndTheNetwork =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.sillok.ledger.besu..", "org.sillok.faults..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.web3j..", "java.net.http..", "com.fasterxml.jackson.databind..");
}
