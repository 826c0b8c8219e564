package io.promptforge.dao.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.page.Pages;
import io.promptforge.schema.type.Role;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserRepositoryTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final UserRepository users = fixture.tenant().users();
    private final String email = TestTenant.newName("Grace") + "@example.com";

    @ParameterizedTest
    @EnumSource(Role.class)
    void aCreatedUserIsFoundWithItsValues(Role role) {
        User created = users.create(NewUser.of(email, "Grace Hopper", role, "open sesame street"));

        assertThat(created.organizationId()).isEqualTo(fixture.organization().id());
        assertThat(created.email()).isEqualTo(email);
        assertThat(created.fullName()).isEqualTo("Grace Hopper");
        assertThat(created.role()).isEqualTo(role);
        assertThat(created.active()).isTrue();
        assertThat(created.lastLoginAt()).isEmpty();
        assertThat(users.find(created.id())).contains(created);
    }

    @Test
    void anEmailIsFoundInAnyLetterCase() {
        User created = users.create(NewUser.of(email, "Grace Hopper", Role.ADMIN, "open sesame street"));

        assertThat(users.findByEmail(email.toUpperCase(Locale.ROOT))).contains(created);
        assertThat(users.findByEmail(email.toLowerCase(Locale.ROOT))).contains(created);
        assertThat(users.findByEmail("unknown@example.com")).isEmpty();
        assertThat(users.find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void anEmailIsTakenInAnyLetterCaseAndInAnyTenant() {
        users.create(NewUser.of(email, "Grace Hopper", Role.ADMIN, "open sesame street"));
        UserRepository elsewhere = DATABASE.newTenant().tenant().users();
        NewUser again = NewUser.of(email.toUpperCase(Locale.ROOT), "Another Grace", Role.VIEWER, "open sesame street");

        assertThatThrownBy(() -> elsewhere.create(again))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("email"));
    }

    @Test
    void anUnknownTenantIsBlamed() {
        UserRepository nowhere = DATABASE.forge().tenant(UUID.randomUUID()).users();

        assertThatThrownBy(() -> nowhere.create(NewUser.of(email, "Grace Hopper", Role.ADMIN, "open sesame street")))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("organization_id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"grace", "grace@", "@example.com", "gr ace@example.com", "a@b@c"})
    void aTextThatIsNoEmailIsRefused(String bad) {
        assertThatThrownBy(() -> users.create(NewUser.of(bad, "Grace Hopper", Role.ADMIN, "open sesame street")))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("email"));
    }

    @Test
    void aFullNameThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> users.create(NewUser.of(email, "x".repeat(201), Role.ADMIN, "open sesame street")))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("full_name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "nul\0"})
    void aPasswordWithoutTextOrWithNulIsRefused(String bad) {
        assertThatThrownBy(() -> NewUser.of(email, "Grace Hopper", Role.ADMIN, bad))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("password"));
    }

    @Test
    void aPasswordHasAtMost72BytesNot72Characters() {
        String seventyTwoBytes = "ä".repeat(35) + "ö";
        assertThat(users.create(NewUser.of(email, "Grace Hopper", Role.ADMIN, seventyTwoBytes)))
                .isNotNull();

        assertThatThrownBy(() -> NewUser.of(email, "Grace Hopper", Role.ADMIN, seventyTwoBytes + "x"))
                .hasMessageNotContaining("ä")
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("password"));
    }

    @Test
    void aNewUserIsAValueThatShowsNeitherItsPasswordNorItsOtherValues() {
        NewUser user = NewUser.of(email, "Grace Hopper", Role.ADMIN, "open sesame street");
        NewUser equal = NewUser.of("x@example.com", "X", Role.VIEWER, "x")
                .email(email)
                .fullName("Grace Hopper")
                .role(Role.ADMIN)
                .password("open sesame street");

        assertThat(user).hasToString("NewUser[email, full_name, role]");
        assertThat(user).isEqualTo(equal).hasSameHashCodeAs(equal);
        assertThat(user).isNotEqualTo(user.password("another")).isNotEqualTo(user.role(Role.VIEWER));
    }

    @Test
    void anEditIsAValueThatAppliesWhatIsPresentAndShowsNoValues() {
        UserChanges none = UserChanges.none();
        UserChanges renamed = none.fullName("Grace");

        assertThat(none.ifPresent("Grace", UserChanges::fullName))
                .isEqualTo(renamed)
                .hasSameHashCodeAs(renamed);
        assertThat(none.<Boolean>ifPresent(null, UserChanges::active)).isEqualTo(none);
        assertThat(renamed)
                .isNotEqualTo(none)
                .isNotEqualTo(none.fullName("Ada"))
                .hasToString("UserChanges[full_name]");
        assertThat(renamed.ifUnchangedSince(TestTenant.NOON)).isNotEqualTo(renamed);
    }

    @Test
    void aFilterIsAValueThatAppliesWhatIsPresent() {
        UserFilter all = UserFilter.all();
        UserFilter admins = all.role(Role.ADMIN);

        assertThat(all.ifPresent(Role.ADMIN, UserFilter::role))
                .isEqualTo(admins)
                .hasSameHashCodeAs(admins);
        assertThat(all.<Boolean>ifPresent(null, UserFilter::active)).isEqualTo(all);
        assertThat(admins).isNotEqualTo(all).isNotEqualTo(all.active(true)).hasToString("UserFilter[role=[ADMIN]]");
        for (ThrowingCallable refused : List.<ThrowingCallable>of(() -> all.text(" "), () -> all.text("\0"))) {
            assertThatThrownBy(refused).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                    .isEqualTo("text"));
        }
    }

    @Test
    void anEditMadeFromAnOlderStateIsAConflictAndChangesNothing() {
        User read = fixture.fixtures().user().create();
        User meanwhile = users.update(read.id(), UserChanges.none().role(Role.VIEWER));
        UserChanges rename = UserChanges.none().fullName("Mine");

        assertThatThrownBy(() -> users.update(read.id(), rename.ifUnchangedSince(read.updatedAt())))
                .isInstanceOf(ConflictException.class);
        assertThat(users.find(read.id())).contains(meanwhile);
        assertThat(users.update(read.id(), rename.ifUnchangedSince(meanwhile.updatedAt()))
                        .fullName())
                .isEqualTo("Mine");
    }

    @Test
    void anEditWithoutChangesIsARead() {
        User before = fixture.user();

        assertThat(users.update(before.id(), UserChanges.none())).isEqualTo(before);
    }

    @Test
    void activityIsChangedWithoutTheCountOfFailedLogins() {
        User user = fixture.fixtures().user().create();
        DATABASE.forge().login(user.email(), "a wrong guess");

        User barred = users.update(user.id(), UserChanges.none().active(false));
        User admitted = users.update(user.id(), UserChanges.none().active(true));

        assertThat(barred.failedLoginAttempts()).isEqualTo(1);
        assertThat(admitted.failedLoginAttempts()).isEqualTo(1);
    }

    @Test
    void thePasswordIsStoredAsABcryptHashOfTheCostThatWasSet() {
        User created = users.create(NewUser.of(email, "Grace Hopper", Role.ADMIN, "open sesame street"));

        assertThat(DATABASE.query("SELECT password_hash FROM promptforge.users WHERE id = '" + created.id() + "'"))
                .singleElement()
                .asString()
                .startsWith("$2a$04$")
                .hasSize(60);
    }

    @Test
    void aPasswordIsCheckedWithoutALoginEvenForAnInactiveUser() {
        User created = users.create(NewUser.of(email, "Grace Hopper", Role.DEVELOPER, "open sesame street"));
        DATABASE.execute("UPDATE promptforge.users SET active = false WHERE id = '" + created.id() + "'");

        assertThat(users.hasPassword(created.id(), "open sesame street")).isTrue();
        assertThat(users.hasPassword(created.id(), "Secret")).isFalse();
        assertThat(users.hasPassword(created.id(), "")).isFalse();
        assertThat(users.find(created.id()).orElseThrow().lastLoginAt()).isEmpty();
    }

    @Test
    void thePasswordOfAnUnknownUserCannotBeChecked() {
        UUID elsewhere = DATABASE.newTenant().user().id();

        assertThatThrownBy(() -> users.hasPassword(UUID.randomUUID(), "open sesame street"))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> users.hasPassword(elsewhere, TestTenant.PASSWORD))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void nameEmailAndRoleAreChanged() {
        User before = users.create(NewUser.of(email, "Grace Hopper", Role.VIEWER, "open sesame street"));

        User after = users.update(
                before.id(),
                UserChanges.none()
                        .email("new-" + email)
                        .fullName("Grace B. Hopper")
                        .role(Role.ADMIN));

        assertThat(after.email()).isEqualTo("new-" + email);
        assertThat(after.fullName()).isEqualTo("Grace B. Hopper");
        assertThat(after.role()).isEqualTo(Role.ADMIN);
        assertThat(users.find(before.id())).contains(after);
        assertThat(DATABASE.forge().login("new-" + email, "open sesame street")).isPresent();
        assertThat(DATABASE.forge().login(email, "open sesame street")).isEmpty();
    }

    @Test
    void aChangeToATakenEmailIsBlamed() {
        User taken = fixture.user();
        UUID other = fixture.user().id();

        assertThatThrownBy(() -> users.update(
                        other, UserChanges.none().email(taken.email().toUpperCase(Locale.ROOT))))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("email"));
    }

    @Test
    void aNewPasswordReplacesTheOldOne() {
        User user = users.create(NewUser.of(email, "Grace Hopper", Role.ADMIN, "open sesame street"));

        users.changePassword(user.id(), "another long one");

        assertThat(DATABASE.forge().login(email, "open sesame street")).isEmpty();
        assertThat(DATABASE.forge().login(email, "another long one")).isPresent();
        assertThatThrownBy(() -> users.changePassword(user.id(), "ä".repeat(36) + "x"))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("password"));
        assertThat(DATABASE.forge().login(email, "another long one")).isPresent();
    }

    @Test
    void aDeactivatedUserCannotLogInUntilActivated() {
        User user = users.create(NewUser.of(email, "Grace Hopper", Role.DEVELOPER, "open sesame street"));

        assertThat(users.update(user.id(), UserChanges.none().active(false)).active())
                .isFalse();
        assertThat(DATABASE.forge().login(email, "open sesame street")).isEmpty();
        assertThat(users.update(user.id(), UserChanges.none().active(true)).active())
                .isTrue();
        assertThat(DATABASE.forge().login(email, "open sesame street")).isPresent();
    }

    @Test
    void anUnknownUserCannotBeChanged() {
        UUID unknown = UUID.randomUUID();

        assertThatThrownBy(() -> users.update(unknown, UserChanges.none().fullName("x")))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> users.changePassword(unknown, "open sesame street"))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> users.unlock(unknown)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void usersAreListedByNameAndFiltered() {
        User zoe = users.create(NewUser.of("zoe-" + email, "Zoe", Role.VIEWER, "open sesame street"));
        User amy = users.create(NewUser.of("amy-" + email, "Amy", Role.ADMIN, "open sesame street"));
        User otherAmy = users.create(NewUser.of("x-" + email, "Amy", Role.DEVELOPER, "open sesame street"));
        users.update(zoe.id(), UserChanges.none().active(false));

        assertThat(ids(UserFilter.all())).containsExactly(amy.id(), otherAmy.id(), zoe.id());
        assertThat(ids(UserFilter.all().role(Role.ADMIN, Role.VIEWER))).containsExactly(amy.id(), zoe.id());
        assertThat(ids(UserFilter.all().active(true))).containsExactly(amy.id(), otherAmy.id());
        assertThat(ids(UserFilter.all().active(false))).containsExactly(zoe.id());
        assertThat(ids(UserFilter.all().text("AMY"))).containsExactly(amy.id(), otherAmy.id());
        assertThat(ids(UserFilter.all().text("zoe-"))).containsExactly(zoe.id());
        assertThat(users.count(UserFilter.all())).isEqualTo(3);
        assertThat(users.count(UserFilter.all().text("amy").role(Role.ADMIN))).isEqualTo(1);
    }

    @Test
    void manyUsersAreReadByTheirIdsInTheOrderOfTheIds() {
        User first = fixture.user();
        User second = fixture.user();

        assertThat(users.findAll(List.of(second.id(), UUID.randomUUID(), first.id())))
                .containsExactly(entry(second.id(), second), entry(first.id(), first));
    }

    private List<UUID> ids(UserFilter filter) {
        return Pages.all(1, page -> users.list(filter, page)).stream()
                .map(User::id)
                .toList();
    }
}
