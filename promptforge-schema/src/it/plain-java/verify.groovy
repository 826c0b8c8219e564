// What a service gets at run time when it depends on the schema: each of these, and nothing else.
def runtime = new File(basedir, 'target/dependencies.txt').readLines()
        .collect { it =~ /^\s+([^:\s]+:[^:]+):jar:.*:(compile|runtime)\b/ }
        .findAll { it.find() }
        .collect { it.group(1) } as Set

assert runtime == [
        'io.promptforge:promptforge-schema',
        'org.flywaydb:flyway-core',
        'org.flywaydb:flyway-database-postgresql',
        'org.flywaydb:flyway-database-cockroachdb',
        'org.jooq:jooq',
        'io.r2dbc:r2dbc-spi',
        'org.reactivestreams:reactive-streams',
        'org.jspecify:jspecify',
        'org.postgresql:postgresql',
        'org.checkerframework:checker-qual',
        'org.slf4j:slf4j-api',
] as Set
