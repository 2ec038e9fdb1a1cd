import { type Html, html } from '../../../kernel';
import { layout } from '../layout';

/** A page that tells one thing: what happened, and what to do about it. */
export function messagePage(title: string, message: string, more?: { hint?: string; requestId?: string }): Html {
  return layout({
    title,
    content: html`
<h1>${title}</h1>
<p>${message}</p>
${more?.hint && html`<p class="hint">Concerns: <code>${more.hint}</code></p>`}
${more?.requestId && html`<p class="aside">If you ask for help, give this number: <code>${more.requestId}</code></p>`}`,
  });
}
