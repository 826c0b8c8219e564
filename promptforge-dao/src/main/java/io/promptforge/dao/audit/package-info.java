/** The audit log: who changed what, in a chain of hashes by which tampering is found. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.audit;
