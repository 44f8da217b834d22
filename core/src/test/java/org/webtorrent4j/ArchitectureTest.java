package org.webtorrent4j;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.piece.Priority;

/** Holds the code to docs/architecture.md: who may import whom, and what the loop thread needs. */
class ArchitectureTest {
  private static final String ROOT = "org.webtorrent4j";
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");
  private static final Pattern LOCK =
      Pattern.compile(
          "\\b(synchronized|volatile|Atomic[A-Z]\\w*|Concurrent[A-Z]\\w*)\\b"
              + "|java\\.util\\.concurrent\\.(locks|atomic)");
  private static final Pattern CLOCK_OR_CHANCE =
      Pattern.compile(
          "\\bSystem\\.(nanoTime|currentTimeMillis)\\b|\\bThread\\.sleep\\b"
              + "|\\b(Instant|LocalDateTime)\\.now\\b|\\bnew (Secure)?Random\\(\\)"
              + "|\\bThreadLocalRandom\\b|\\bMath\\.random\\b");

  /** Packages in which everything lives on the event loop. */
  private static final List<String> CONFINED = List.of("swarm", "wire", "piece", "tracker", "dht");

  private static Path classFolder;
  private static JavaClasses classes;

  @BeforeAll
  static void importClasses() throws URISyntaxException {
    classFolder =
        Path.of(TorrentState.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    classes = new ClassFileImporter().importPath(classFolder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bencode   | ''",
        "file      | ''",
        "loop      | ''",
        "net       | ''",
        "piece     | ''",
        "metainfo  | bencode file net piece",
        "transport | loop metainfo",
        "storage   | file loop metainfo piece",
        "tracker   | bencode loop metainfo net",
        "dht       | bencode loop metainfo net",
        "wire      | bencode metainfo net transport",
        "swarm     | bencode file loop net piece metainfo transport storage tracker dht wire",
      })
  void packageImportsOnlyWhatItMay(String name, String imports) {
    String[] allowed = Stream.concat(Stream.of(name), words(imports)).toArray(String[]::new);

    classes()
        .that(resideInAnyPackage(ROOT + "." + name + ".."))
        .should(onlyDependOnClassesThat(areForeign().or(areIn(allowed))))
        .allowEmptyShould(true)
        .check(classes);
  }

  @Test
  void publicApiUsesNeitherPieceNorWireInternals() {
    classes()
        .that(resideInAnyPackage(ROOT))
        .should(
            onlyDependOnClassesThat(
                DescribedPredicate.not(resideInAnyPackage(ROOT + ".piece..", ROOT + ".wire.."))
                    // FilePriority has to be translated somewhere, and only here both are known.
                    .or(describe("are Priority", type -> type.isEquivalentTo(Priority.class)))))
        .check(classes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tracker      | tracker.net tracker.http tracker.udp",
        "tracker.net  | tracker.http tracker.udp",
        "tracker.http | tracker.udp",
        "tracker.udp  | tracker.http bencode",
      })
  void clientsOfTrackersShareNoMoreThanTheyMust(String name, String forbidden) {
    noClasses()
        .that(resideInAnyPackage(ROOT + "." + name))
        .should()
        .dependOnClassesThat(areIn(words(forbidden).toArray(String[]::new)))
        .check(classes);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void everyPackageIsInTheTable() {
    Set<String> known =
        Set.of(
            "bencode",
            "file",
            "loop",
            "net",
            "piece",
            "metainfo",
            "transport",
            "storage",
            "tracker",
            "dht",
            "wire",
            "swarm");

    List<String> unknown =
        classes.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.equals(ROOT))
            .map(name -> name.substring(ROOT.length() + 1))
            .filter(name -> !known.contains(name.replaceAll("\\..*", "")))
            .distinct()
            .toList();

    assertEquals(List.of(), unknown, "give these a row in docs/architecture.md and here");
  }

  @Test
  void signaturesShowOnlyOurTypesAndThoseOfTheJdk() {
    codeUnits()
        .that(describe("anyone can call", ArchitectureTest::isVisible))
        .should(showOnlyOwnTypes())
        .check(classes);
    fields()
        .that(describe("anyone can see", ArchitectureTest::isVisible))
        .should(
            new ArchCondition<JavaField>("have a type of ours or of the JDK") {
              @Override
              public void check(JavaField field, ConditionEvents events) {
                report(field, Set.of(field.getRawType()), events);
              }
            })
        .allowEmptyShould(true)
        .check(classes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"swarm", "wire", "piece", "tracker", "dht"})
  void loopConfinedCodeHasNoLockAndNoAtomic(String name) throws IOException {
    assertEquals(List.of(), findInSources(name, LOCK));
  }

  @Test
  void timeAndChanceComeIn() throws IOException {
    for (String name : CONFINED) {
      assertEquals(List.of(), findInSources(name, CLOCK_OR_CHANCE));
    }
  }

  @Test
  void lockPatternFindsWhatItIsFor() {
    for (String code :
        List.of(
            "private volatile int a;",
            "synchronized (this) {",
            "new AtomicLong()",
            "Map<A, B> m = new ConcurrentHashMap<>();",
            "import java.util.concurrent.locks.ReentrantLock;")) {
      assertEquals(List.of(code), find(code + "\n", LOCK), code);
    }
    assertFalse(LOCK.matcher(COMMENT.matcher("a(); // volatile").replaceAll("")).find());
  }

  private static List<String> findInSources(String packageName, Pattern pattern)
      throws IOException {
    Path sources =
        classFolder
            .resolve("../../src/main/java/org/webtorrent4j")
            .normalize()
            .resolve(packageName);
    if (!Files.isDirectory(sources)) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        find(read(file), pattern).forEach(line -> found.add(file.getFileName() + ": " + line));
      }
    }
    return found;
  }

  private static List<String> find(String source, Pattern pattern) {
    return COMMENT
        .matcher(source)
        .replaceAll(comment -> Matcher.quoteReplacement(comment.group().replaceAll("[^\\n]", "")))
        .lines()
        .filter(pattern.asPredicate())
        .map(String::strip)
        .toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> words(String text) {
    return Arrays.stream(text.split(" ")).filter(word -> !word.isBlank());
  }

  private static DescribedPredicate<JavaClass> areIn(String... packages) {
    return resideInAnyPackage(
        Arrays.stream(packages).map(name -> ROOT + "." + name + "..").toArray(String[]::new));
  }

  private static DescribedPredicate<JavaClass> areForeign() {
    return describe(
        "are not of this module",
        type ->
            !type.getPackageName().equals(ROOT) && !type.getPackageName().startsWith(ROOT + "."));
  }

  private static boolean isVisible(JavaMember member) {
    return member.getOwner().getModifiers().contains(JavaModifier.PUBLIC)
        && (member.getModifiers().contains(JavaModifier.PUBLIC)
            || member.getModifiers().contains(JavaModifier.PROTECTED));
  }

  private static ArchCondition<JavaCodeUnit> showOnlyOwnTypes() {
    return new ArchCondition<>("show only types of ours or of the JDK") {
      @Override
      public void check(JavaCodeUnit method, ConditionEvents events) {
        report(method, Set.of(method.getRawReturnType()), events);
        report(method, method.getRawParameterTypes(), events);
      }
    };
  }

  private static void report(JavaMember member, Iterable<JavaClass> types, ConditionEvents events) {
    for (JavaClass type : types) {
      String name = type.getBaseComponentType().getPackageName();
      boolean isOfJdk = name.startsWith("java.") || name.startsWith("javax.net.");
      if (!name.isEmpty() && !isOfJdk && !name.startsWith(ROOT)) {
        events.add(
            SimpleConditionEvent.violated(
                member, member.getFullName() + " shows " + type.getName()));
      }
    }
  }
}
