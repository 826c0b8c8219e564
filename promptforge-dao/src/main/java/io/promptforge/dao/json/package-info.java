/** JSON documents, independent of the JSON library. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.json;
