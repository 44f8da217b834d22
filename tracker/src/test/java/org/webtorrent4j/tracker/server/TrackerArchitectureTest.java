package org.webtorrent4j.tracker.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the code to docs/architecture.md. */
class TrackerArchitectureTest {
  private static final String ROOT = "org.webtorrent4j.tracker.server";
  private static final JavaClasses CLASSES = importClasses();

  private static JavaClasses importClasses() {
    try {
      Path folder =
          Path.of(TrackerServer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new ClassFileImporter().importPath(folder);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "swarm, swarm",
    "http, http swarm",
    "udp, udp swarm",
    "websocket, websocket http swarm"
  })
  void packageImportsOnlyWhatItMay(String name, String imports) {
    DescribedPredicate<JavaClass> allowed = resideOutsideOfPackage(ROOT + "..");
    for (String other : Arrays.asList(imports.split(" ", -1))) {
      allowed = allowed.or(resideInAPackage(ROOT + "." + other));
    }

    classes()
        .that(resideInAPackage(ROOT + "." + name))
        .should(onlyDependOnClassesThat(allowed))
        .check(CLASSES);
  }

  @Test
  void packagesAreSmall() {
    Map<String, Long> types =
        CLASSES.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    types.forEach((name, count) -> assertTrue(count <= 15, name + " has " + count + " types"));
  }
}
