package dev.offshoot;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The picture in the design: packages by what they do, arrows pointing down only. */
class ArchitectureTest {
    private static final String ROOT = "dev.offshoot";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** A package and those of ours that it may use. */
    private record Direction(String name, List<String> mayUse) {
        static Direction of(String name, String mayUse) {
            return new Direction(name, mayUse.isEmpty() ? List.of() : Arrays.asList(mayUse.split(" ")));
        }
    }

    static Stream<Direction> directions() {
        String below = "model format layout diff merge store people access vault outbound archive";
        return Stream.of(
                Direction.of("model", ""),
                Direction.of("format", "model"),
                Direction.of("layout", "model format"),
                Direction.of("diff", "model format layout"),
                Direction.of("merge", "model format layout diff"),
                Direction.of("outbound", "model"),
                Direction.of("archive", "model format"),
                Direction.of("store", "model outbound"),
                Direction.of("people", "model format"),
                Direction.of("access", "model format people"),
                Direction.of("wire", "model"),
                Direction.of("vault", "model format"),
                Direction.of("platform", below),
                Direction.of("service", below + " platform"),
                Direction.of("http", below + " platform service wire"),
                Direction.of("web", below + " platform service wire"),
                Direction.of("cli", below + " platform service"));
    }

    @ParameterizedTest
    @MethodSource("directions")
    void arrowsPointDown(Direction direction) {
        String[] allowed = Stream.concat(Stream.of(direction.name()), direction.mayUse().stream())
                .map(ArchitectureTest::within)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(within(direction.name()))
                .should()
                .dependOnClassesThat(ours().and(DescribedPredicate.not(resideInAnyPackage(allowed))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageHasItsPlace() {
        String[] known = directions().map(d -> within(d.name())).toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(ROOT + ".(**)")
                .should()
                .resideInAnyPackage(known)
                .check(CLASSES);
    }

    @Test
    void theModelNeedsNothingButJava() {
        onlyUses("model", "java..").check(CLASSES);
    }

    @Test
    void formatNeedsNothingButAYamlScanner() {
        onlyUses("format", "java..", "org.snakeyaml.engine..", within("model")).check(CLASSES);
    }

    @Test
    void wireAndAccessKnowNoHttpServer() {
        onlyUses("wire", "java..", within("model")).check(CLASSES);
        onlyUses("access", "java..", within("model"), within("format"), within("people"))
                .check(CLASSES);
    }

    @Test
    void theLayoutEngineKnowsNoStore() {
        onlyUses("layout", "java..", within("model"), within("format")).check(CLASSES);
    }

    @Test
    void librariesStayInTheirPackage() {
        only("org.eclipse.jgit..", within("store"), within("merge"), within("diff"))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(within("merge"), within("diff"))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.eclipse.jgit..")
                        .and(DescribedPredicate.not(
                                resideInAnyPackage("org.eclipse.jgit.merge..", "org.eclipse.jgit.diff.."))))
                .check(CLASSES);
        only("io.javalin..", within("http"), within("web"), ROOT).check(CLASSES);
        only("jakarta.servlet..", within("http"), within("web"), within("store"), ROOT)
                .check(CLASSES);
        only("org.eclipse.jetty..", within("http"), within("web"), ROOT).check(CLASSES);
        only("picocli..", within("cli"), ROOT).check(CLASSES);
        only("org.jdbi..", within("people")).check(CLASSES);
        only("java.sql..", within("people")).check(CLASSES);
    }

    @Test
    void nothingHasStaticState() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }

    @Test
    void theRulesCanFail() {
        ArchRule wrong = onlyUses("store", "java..");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> wrong.check(CLASSES))
                .isInstanceOf(AssertionError.class);
    }

    private static ArchRule onlyUses(String name, String... others) {
        String[] allowed =
                Stream.concat(Stream.of(within(name)), Arrays.stream(others)).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(within(name))
                .should()
                .onlyDependOnClassesThat(are(resideInAnyPackage(allowed)).or(primitivesAndArrays()))
                .allowEmptyShould(true);
    }

    /** No class outside of these packages uses that library. */
    private static ArchRule only(String library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static DescribedPredicate<JavaClass> ours() {
        return resideInAnyPackage(ROOT + "..").as("are ours");
    }

    private static DescribedPredicate<JavaClass> primitivesAndArrays() {
        return DescribedPredicate.describe(
                "are primitive", c -> c.getBaseComponentType().isPrimitive());
    }

    private static String within(String name) {
        return ROOT + "." + name + "..";
    }
}
