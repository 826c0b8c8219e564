package io.promptforge.schema.type;

/** The language in which the templates of a prompt are written. */
public enum TemplateFormat {
    /** Mustache, as its specification says: <code>{{name}}</code>, <code>{{#items}}…{{/items}}</code>. */
    MUSTACHE,
    /** Handlebars: <code>{{#if formal}}…{{else}}…{{/if}}</code>, <code>{{#each items}}{{this}}{{/each}}</code>. */
    HANDLEBARS,
    /** Jinja: <code>{{ name | title }}</code>, <code>{% for item in items %}…{% endfor %}</code>. */
    JINJA,
    /** The format strings of Python: <code>{name}</code>, and <code>{{</code> for a brace. */
    F_STRING,
    /** No template: every character stands for itself. */
    PLAIN
}
