/** Organizations, which are the tenants. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.organization;
