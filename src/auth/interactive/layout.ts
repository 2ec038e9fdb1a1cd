import { Html, html, type HtmlValue } from '../../kernel';
import { STYLE } from './style';

/** What a page hands to the frame around it. */
export interface PageParts {
  /** Shown in the tab, with the product's name after it. */
  title: string;
  content: HtmlValue;
  /** More room, for lists. */
  wide?: boolean;
}

const MARK = html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path fill="currentColor" d="M12 2.2c5.4 0 9.8 4.4 9.8 9.8s-4.4 9.8-9.8 9.8S2.2 17.4 2.2 12 6.6 2.2 12 2.2Zm-1.7 4.6v3.5H6.8v3.4h3.5v3.5h3.4v-3.5h3.5v-3.4h-3.5V6.8h-3.4Z"/></svg>`;

// Our own constant, not input: as markup, so that its quotes stay quotes and match the policy's hash.
const SHEET = new Html(`<style>${STYLE}</style>`);

/** A whole document: works without script, at 320 px and in the dark, and sends nobody elsewhere for assets. */
export function layout({ title, content, wide }: PageParts): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Salus</title>
${SHEET}
</head>
<body>
<header class="brand">${MARK}<span>Salus</span></header>
<main class="${wide ? 'wide' : 'narrow'}">
${content}
</main>
</body>
</html>
`;
}
