package io.promptforge.dao.evaluator;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The evaluators of a tenant: what judges the results of evaluations, in versions that never change. A result names the version that
 * judged it.
 *
 * <p>Thread-safe, unless it was reached through a transaction or a caller's connection. Every method refuses null with an
 * {@link io.promptforge.dao.error.InvalidValueException}. An id of another tenant is not found.
 */
public interface EvaluatorRepository {
    /**
     * Creates an evaluator with its first version.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the organization has an evaluator of this name
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user or tenant does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    Evaluator create(NewEvaluator evaluator, NewEvaluatorVersion first);

    /**
     * Creates evaluators, each with the first version at its place in the other list, all or none, in a number of statements that does not grow with the list.
     *
     * @return them as stored, in the given order
     * @throws io.promptforge.dao.error.FieldException as {@link #create(NewEvaluator, NewEvaluatorVersion)}, with the path of the refused element
     */
    List<Evaluator> create(List<NewEvaluator> evaluators, List<NewEvaluatorVersion> firstVersions);

    /**
     * Installs the evaluators of a catalogue that the organization does not have yet, by their name. Those whose newest version was
     * installed from an earlier edition get the version of this one, if it differs; the others stay as they are, among them those to
     * which the organization added a version. A number of statements that does not depend on the catalogue; repeatable.
     *
     * @throws io.promptforge.dao.error.InvalidReferenceException if the tenant does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    InstalledEvaluators installCatalogue(EvaluatorCatalogue catalogue);

    /** The evaluator with this id. */
    Optional<Evaluator> find(UUID id);

    /** The evaluator with this name. */
    Optional<Evaluator> findByName(String name);

    /** The evaluators with these ids, at most 1,000, by id and in their order; ids that are not found are left out. */
    Map<UUID, Evaluator> findAll(Collection<UUID> ids);

    /**
     * A page of the evaluators that pass the filter.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<Evaluator> list(EvaluatorFilter filter, EvaluatorOrder order, PageRequest page);

    /** Counts the evaluators that pass the filter. */
    long count(EvaluatorFilter filter);

    /**
     * Edits an evaluator; its versions never change.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if the organization has another evaluator of this name
     * @throws io.promptforge.dao.error.ConflictException if the evaluator was changed after
     *     {@link EvaluatorChanges#ifUnchangedSince}
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such evaluator
     */
    Evaluator update(UUID id, EvaluatorChanges changes);

    /**
     * Deletes an evaluator and its versions, if no result names it; otherwise make it inactive.
     *
     * @throws io.promptforge.dao.error.InvalidReferenceException if a result names one of its versions
     * @throws io.promptforge.dao.error.NotFoundException if there is no such evaluator
     */
    void delete(UUID id);

    /**
     * Adds a version, with the next number. Concurrent calls wait for each other.
     *
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such evaluator
     */
    EvaluatorVersion addVersion(UUID id, NewEvaluatorVersion version);

    /**
     * Adds versions, with the next numbers in the order of the list, all or none, in a number of statements that does not grow with the list.
     *
     * @return them as stored, in the given order
     * @throws io.promptforge.dao.error.FieldException as {@link #addVersion}, with the path of the refused element
     */
    List<EvaluatorVersion> addVersions(UUID id, List<NewEvaluatorVersion> versions);

    /** The version with this id. */
    Optional<EvaluatorVersion> findVersion(UUID evaluatorVersionId);

    /** The versions with these ids, at most 1,000, by id and in their order; ids that are not found are left out. */
    Map<UUID, EvaluatorVersion> findAllVersions(Collection<UUID> evaluatorVersionIds);

    /** The newest version of an evaluator. */
    Optional<EvaluatorVersion> findLatestVersion(UUID evaluatorId);

    /**
     * A page of the versions of an evaluator, the newest first.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<EvaluatorVersion> versions(UUID evaluatorId, PageRequest page);
}
