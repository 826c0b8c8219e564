/** Model providers and models. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.model;
