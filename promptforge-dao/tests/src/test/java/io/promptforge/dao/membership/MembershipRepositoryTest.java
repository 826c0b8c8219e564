package io.promptforge.dao.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.Role;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The roles of users in projects. */
class MembershipRepositoryTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final MembershipRepository memberships = fixture.tenant().memberships();
    private final UUID project = fixture.project().id();
    private final UUID otherProject = fixture.project().id();
    private final UUID ada = fixture.user().id();
    private final UUID bob = fixture.user().id();

    @Test
    void anotherRoleReplacesThePresentOneAndKeepsTheId() {
        Membership first = memberships.set(project, ada, Role.VIEWER);

        Membership second = memberships.set(project, ada, Role.ADMIN);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(memberships.find(project, ada)).contains(second);
        assertThat(second.role()).isEqualTo(Role.ADMIN);
        assertThat(memberships.count(MembershipFilter.all())).isEqualTo(1);
    }

    @Test
    void aRemovalLeavesOtherUsersAndOtherProjectsAsTheyAre() {
        Membership ofBob = memberships.set(project, bob, Role.VIEWER);
        Membership elsewhere = memberships.set(otherProject, ada, Role.VIEWER);
        memberships.set(project, ada, Role.VIEWER);

        assertThat(memberships.remove(project, ada)).isTrue();

        assertThat(memberships.list(MembershipFilter.all(), PageRequest.first()).items())
                .containsExactly(ofBob, elsewhere);
        assertThat(memberships.find(project, ada)).isEmpty();
        assertThat(memberships.remove(project, ada)).isFalse();
    }

    @Test
    void membershipsAreListedByProjectAndByUser() {
        Membership one = memberships.set(project, ada, Role.VIEWER);
        Membership two = memberships.set(project, bob, Role.DEVELOPER);
        Membership three = memberships.set(otherProject, ada, Role.ADMIN);

        assertThat(memberships
                        .list(MembershipFilter.all().projectId(project), PageRequest.first())
                        .items())
                .containsExactly(one, two);
        assertThat(memberships
                        .list(MembershipFilter.all().userId(ada), PageRequest.first())
                        .items())
                .containsExactly(one, three);
    }

    @Test
    void projectAndUserAreThoseOfTheTenant() {
        TestTenant other = DATABASE.newTenant();

        blames("project_id", () -> memberships.set(other.project().id(), ada, Role.VIEWER));
        blames("user_id", () -> memberships.set(project, other.user().id(), Role.VIEWER));
    }

    private static void blames(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }
}
