/** Organizations, the tenants. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.organization;
