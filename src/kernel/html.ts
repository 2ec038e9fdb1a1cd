/** Markup that is safe to send: every value that came from outside was escaped on its way in. */
export class Html {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/** What a template may hold: text is escaped, markup kept, lists joined, and “nothing” leaves no trace. */
export type HtmlValue = Html | string | number | false | null | undefined | readonly HtmlValue[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Safe in element content and in quoted attribute values. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

function render(value: HtmlValue): string {
  if (value instanceof Html) return value.text;
  if (value === false || value === null || value === undefined) return '';
  return Array.isArray(value) ? value.map(render).join('') : escapeHtml(String(value));
}

/**
 * Template tag for pages: html`<p>${name}</p>` escapes `name`. Attribute values must stand in quotes.
 * Attributes that are there or not are written html`<input ${checked && html`checked`}>`.
 */
export function html(parts: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return new Html(parts.reduce((text, part, index) => text + part + (index < values.length ? render(values[index]) : ''), ''));
}
