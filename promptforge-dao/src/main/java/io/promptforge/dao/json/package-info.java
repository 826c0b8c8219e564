/** JSON documents, without a JSON library in sight. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.json;
