package io.largesse.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which module may know which, and who may know which library. */
@AnalyzeClasses(packages = "io.largesse", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule COUPONS_KNOW_NO_OTHER_MODULE = noClasses()
            .that()
            .resideInAPackage("io.largesse.coupons..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(of("pools", "readers", "writers", "archive", "jobs", "scheduler", "app", "embedded"));

    @ArchTest
    static final ArchRule POOLS_KNOW_COUPONS_ONLY = noClasses()
            .that()
            .resideInAPackage("io.largesse.pools..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(of("readers", "writers", "archive", "jobs", "scheduler", "app", "embedded"));

    @ArchTest
    static final ArchRule READERS_KNOW_COUPONS_ONLY = noClasses()
            .that()
            .resideInAPackage("io.largesse.readers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(of("pools", "writers", "archive", "jobs", "scheduler", "app", "embedded"));

    @ArchTest
    static final ArchRule WRITERS_KNOW_COUPONS_AND_POOLS_ONLY = noClasses()
            .that()
            .resideInAPackage("io.largesse.writers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(of("readers", "archive", "jobs", "scheduler", "app", "embedded"));

    @ArchTest
    static final ArchRule ARCHIVE_KNOWS_COUPONS_ONLY = noClasses()
            .that()
            .resideInAPackage("io.largesse.archive..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(of("pools", "readers", "writers", "jobs", "scheduler", "app", "embedded"));

    @ArchTest
    static final ArchRule JOBS_DO_NOT_KNOW_THE_APPLICATION = noClasses()
            .that()
            .resideInAPackage("io.largesse.jobs..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(of("scheduler", "app", "embedded"));

    @ArchTest
    static final ArchRule THE_SCHEDULER_DOES_NOT_KNOW_THE_APPLICATION = noClasses()
            .that()
            .resideInAPackage("io.largesse.scheduler..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(of("app", "embedded"));

    @ArchTest
    static final ArchRule QUARTZ_IS_OF_THE_SCHEDULER = noClasses()
            .that()
            .resideOutsideOfPackages(of("scheduler"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.quartz..");

    @ArchTest
    static final ArchRule EMBEDDED_KNOWS_NO_OTHER_MODULE = noClasses()
            .that()
            .resideInAPackage("io.largesse.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(of("coupons", "pools", "readers", "writers", "archive", "jobs", "scheduler", "app"));

    @ArchTest
    static final ArchRule SPREADSHEETS_ARE_OF_READERS_AND_WRITERS = noClasses()
            .that()
            .resideOutsideOfPackages(of("readers", "writers"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.poi..");

    @ArchTest
    static final ArchRule MAPPERS_STAND_IN_COUPONS = noClasses()
            .that()
            .resideOutsideOfPackages(of("coupons"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.ibatis..");

    @ArchTest
    static final ArchRule REDISSON_IS_OF_POOLS_AND_THE_WIRING = noClasses()
            .that()
            .resideOutsideOfPackages("io.largesse.pools..", "io.largesse.app")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.redisson..");

    @ArchTest
    static final ArchRule THE_S3_SDK_IS_OF_ARCHIVE = noClasses()
            .that()
            .resideOutsideOfPackages(of("archive"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");

    @ArchTest
    static final ArchRule MODULES_HAVE_NO_CYCLES =
            slices().matching("io.largesse.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule COMMANDS_START_NO_SPRING = noClasses()
            .that()
            .resideInAPackage("io.largesse.app.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule ONE_CLASS_PRINTS = noClasses()
            .that()
            .doNotHaveSimpleName("Console")
            .and()
            .resideInAPackage("io.largesse.app..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.io.FileDescriptor.class);

    @ArchTest
    static final ArchRule COMMANDS_ARE_FOR_THE_COMMAND_LINE_ONLY = classes()
            .that()
            .haveSimpleNameEndingWith("Command")
            .and()
            .resideInAPackage("io.largesse.app..")
            .should()
            .bePackagePrivate()
            .andShould()
            .beAnnotatedWith(picocli.CommandLine.Command.class);

    private static String[] of(String... modules) {
        return java.util.Arrays.stream(modules)
                .map(m -> "io.largesse." + m + "..")
                .toArray(String[]::new);
    }
}
