package org.webtorrent4j.rtc;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.rtc.sctp.SctpAssociation;

/** Holds the parts to what they are: bytes and time in, bytes and events out, arrows downwards. */
class ArchitectureTest {
  private static final String ROOT = "org.webtorrent4j.rtc";
  private static final Set<String> KNOWN =
      Set.of("stun", "ice", "dtls", "sctp", "sctp.packet", "sctp.control", "dcep");

  private static JavaClasses classes;

  @BeforeAll
  static void importClasses() throws URISyntaxException {
    Path folder =
        Path.of(SctpAssociation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    classes = new ClassFileImporter().importPath(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stun         | ''",
        "ice          | stun",
        "dtls         | ''",
        "sctp.packet  | ''",
        "sctp.control | ''",
        "sctp         | sctp.packet sctp.control",
        "dcep         | sctp sctp.packet",
      })
  void packageImportsOnlyWhatItMay(String name, String imports) {
    String[] forbidden =
        KNOWN.stream()
            .filter(each -> !each.equals(name) && !Arrays.asList(imports.split(" ")).contains(each))
            .map(each -> ROOT + "." + each)
            .toArray(String[]::new);

    noClasses()
        .that(resideInAnyPackage(ROOT + "." + name))
        .should()
        .dependOnClassesThat(resideInAnyPackage(forbidden))
        .allowEmptyShould(true)
        .check(classes);
  }

  @ParameterizedTest
  @CsvSource({"sctp", "sctp.packet", "sctp.control", "dcep"})
  void partsKnowNoThreadNoSocketNoClockAndNoChanceOfTheirOwn(String name) {
    noClasses()
        .that(resideInAnyPackage(ROOT + "." + name))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.util.concurrent..", "java.nio.channels..", "java.time..", "java.io.."))
        .orShould()
        .dependOnClassesThat(
            resideInAnyPackage("java.net..").and(isNot(java.net.ProtocolException.class)))
        .orShould()
        .dependOnClassesThat(isOne(Thread.class, java.util.Random.class))
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(classes);
  }

  /** These name addresses and certificates, which have types of Java's. */
  @ParameterizedTest
  @ValueSource(strings = {"stun", "ice", "dtls"})
  void partsWithAddressesAndKeysKnowNoThreadNoSocketAndNoClockEither(String name) {
    noClasses()
        .that(resideInAnyPackage(ROOT + "." + name))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.nio.channels..", "java.util.concurrent.locks.."))
        .orShould()
        .dependOnClassesThat(isOne(Thread.class, java.util.Random.class))
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(classes);
  }

  @Test
  void nothingIsSynchronizedOrVolatile() {
    List<String> found =
        classes.stream()
            .flatMap(
                type ->
                    Stream.concat(
                        type.getMethods().stream()
                            .filter(method -> has(method.getModifiers(), "SYNCHRONIZED")),
                        type.getFields().stream()
                            .filter(field -> has(field.getModifiers(), "VOLATILE"))))
            .map(Object::toString)
            .toList();

    assertEquals(List.of(), found);
  }

  @Test
  void everyPackageIsInTheTable() {
    List<String> unknown =
        classes.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(ROOT + "."))
            .map(name -> name.substring(ROOT.length() + 1))
            .filter(name -> !KNOWN.contains(name))
            .distinct()
            .toList();

    assertEquals(List.of(), unknown);
  }

  @Test
  void typesOfOthersAreOnlyThoseOfTheJdk() {
    classes()
        .that(resideInAnyPackage(ROOT + ".sctp..", ROOT + ".dcep.."))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(ROOT + "..", "java..", "javax.crypto..", "org.jspecify.."))
        .check(classes);
  }

  private static boolean has(Set<?> modifiers, String name) {
    return modifiers.stream().anyMatch(modifier -> modifier.toString().equals(name));
  }

  private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> isOne(Class<?>... types) {
    return com.tngtech.archunit.base.DescribedPredicate.describe(
        "are one of " + Arrays.toString(types),
        type -> Arrays.stream(types).anyMatch(type::isEquivalentTo));
  }

  private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> isNot(Class<?> type) {
    return com.tngtech.archunit.base.DescribedPredicate.not(isOne(type));
  }
}
