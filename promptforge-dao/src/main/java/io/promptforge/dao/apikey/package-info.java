/** Keys with which the services of a tenant authenticate. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.apikey;
