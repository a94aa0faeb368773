package org.sillok;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.sillok", importOptions = DoNotIncludeTests.class)
class PluginArchitectureTest {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("org.sillok.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingPointsBackToThePlugin =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.sillok.plugin..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.sillok.plugin..");

  /**
   * {@code JpaDeletions} looks an entity up by its key, and says why that is harmless; the
   * Provenances are written by HAPI itself, in transactions of their own.
   */
  @ArchTest
  static final ArchRule tablesAreReachedByJdbcNotByThePersistenceContext =
      noClasses()
          .that()
          .doNotHaveSimpleName("JpaDeletions")
          .and()
          .doNotHaveSimpleName("CaptureConfiguration")
          .and()
          .resideOutsideOfPackage("org.sillok.plugin.attribution..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.persistence..", "org.hibernate..");
}
