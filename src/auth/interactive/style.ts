import { createHash } from 'node:crypto';

/** One calm look for all pages of the authorization server: system fonts, no external asset, light and dark. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#eef3f4;--card:#fff;--ink:#16272d;--soft:#4d626a;--line:#c4d1d5;--field:#71868e;--brand:#0b6672;--brand-ink:#fff;--brand-deep:#084c55;--tint:#e6f2f3;--bad:#a3231d;--bad-tint:#fdeeed;--warn:#6b4a00;--warn-tint:#fdf3dc;--focus:#1257c9}
@media (prefers-color-scheme:dark){:root{--ground:#0d1719;--card:#15242a;--ink:#e6eff1;--soft:#a5b8be;--line:#30464e;--field:#7e959d;--brand:#6cc9d4;--brand-ink:#06262b;--brand-deep:#93dbe3;--tint:#1b3339;--bad:#ffb0aa;--bad-tint:#3b1a19;--warn:#f3d289;--warn-tint:#372b10;--focus:#8fbaff}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;display:flex;flex-direction:column;align-items:center;padding:clamp(1rem,4vh,3.5rem) 1rem 2rem}
header.brand{display:flex;align-items:center;gap:.5rem;font-weight:650;letter-spacing:.01em;color:var(--brand);margin-bottom:1rem}
header.brand svg{width:1.6rem;height:1.6rem}
main{width:100%;max-width:28rem;background:var(--card);border:1px solid var(--line);border-radius:.9rem;padding:clamp(1.25rem,4vw,2.25rem);box-shadow:0 1px 2px rgb(0 0 0/.05),0 12px 32px -18px rgb(0 0 0/.35)}
main.wide{max-width:46rem}
h1{font-size:1.45rem;line-height:1.25;margin:0 0 .4rem;text-wrap:balance}
h2{font-size:1.05rem;margin:0}
p{margin:.4rem 0}
.lead{color:var(--soft);margin-bottom:1.25rem}
.lead strong{color:var(--ink)}
.hint{color:var(--soft);font-size:.875rem}
label,legend{font-weight:600}
legend{padding:0}
fieldset{border:0;margin:0 0 1.1rem;padding:0;min-width:0}
.field{margin:0 0 1.1rem;display:grid;gap:.3rem}
input[type=text],input[type=password],input[type=email],input[type=search],input[type=date]{font:inherit;line-height:1.2;color:inherit;background:var(--card);border:1px solid var(--field);border-radius:.5rem;padding:.6rem .75rem;width:100%;min-width:0;min-height:2.75rem}
input[type=checkbox],input[type=radio]{accent-color:var(--brand);width:1.15rem;height:1.15rem;flex:none;margin:.2rem 0 0}
a{color:var(--brand)}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.choices{display:grid;grid-template-columns:1fr 1fr;gap:.6rem;margin-top:.35rem}
.choices label{display:flex;gap:.6rem;align-items:flex-start;border:1px solid var(--field);border-radius:.5rem;padding:.6rem .75rem;font-weight:500;cursor:pointer}
.choices label:has(:checked){border-color:var(--brand);background:var(--tint)}
form:has(input[value=api]:checked) .patients-only{display:none}
button,.button{font:inherit;font-weight:600;min-height:2.75rem;padding:.6rem 1.2rem;border-radius:.5rem;border:1px solid var(--brand);background:var(--brand);color:var(--brand-ink);cursor:pointer;text-decoration:none;display:inline-flex;align-items:center;justify-content:center}
button:hover{background:var(--brand-deep);border-color:var(--brand-deep)}
button.quiet{background:transparent;color:var(--ink);border-color:var(--field)}
button.quiet:hover{background:var(--tint)}
button.full{width:100%}
.notice{border-left:.3rem solid var(--bad);background:var(--bad-tint);color:var(--bad);border-radius:.4rem;padding:.65rem .9rem;margin:0 0 1.1rem}
.notice.calm{border-color:var(--brand);background:var(--tint);color:var(--ink)}
.notice.warn{border-color:var(--warn);background:var(--warn-tint);color:var(--warn)}
.search{display:flex;flex-wrap:wrap;gap:.8rem;align-items:end;margin-bottom:1.25rem}
.search .field{margin:0;min-width:0;flex:1 1 9.5rem}
.people{list-style:none;margin:0;padding:0;border:1px solid var(--line);border-radius:.6rem;overflow:hidden}
.people li{position:relative;display:flex;flex-wrap:wrap;justify-content:space-between;gap:.1rem 1rem;padding:.65rem .95rem}
.people li+li{border-top:1px solid var(--line)}
.people li:hover,.people li:focus-within{background:var(--tint)}
.people button{all:unset;font-weight:600;color:var(--brand);cursor:pointer;padding:.25rem 0}
.people button::after{content:"";position:absolute;inset:0;border-radius:.6rem}
.people button:focus-visible::after{outline:3px solid var(--focus);outline-offset:-3px}
.people span{color:var(--soft);padding:.25rem 0;font-variant-numeric:tabular-nums}
.facts{display:grid;grid-template-columns:auto 1fr;gap:.25rem .9rem;margin:0 0 1.25rem;padding:.8rem 1rem;background:var(--tint);border-radius:.6rem}
.facts dt{color:var(--soft)}
.facts dd{margin:0;font-weight:600;overflow-wrap:anywhere}
.scopes{border:1px solid var(--line);border-radius:.7rem;padding:1rem 1.1rem 1.1rem;margin-bottom:1rem}
.scopes legend{float:left;width:100%;margin-bottom:.1rem}
.scopes legend+*{clear:both}
.scopes ul{list-style:none;margin:.6rem 0 0;padding:0;columns:17rem 2;column-gap:1.4rem}
.scopes li{break-inside:avoid;padding:.28rem 0}
.scopes label,.remember{display:flex;gap:.6rem;font-weight:500;cursor:pointer}
.scopes small{display:block;color:var(--soft);font-weight:400;font-size:.84rem}
.scopes .may-change small{color:var(--warn)}
.scopes .parts{margin:.25rem 0 .3rem 1.75rem;padding-left:.8rem;border-left:2px solid var(--line);font-size:.93rem}
.scopes .parts p{margin:0}
.scopes .parts ul{columns:1;margin-top:.1rem}
.scopes .parts li{padding:.14rem 0}
.actions{display:flex;flex-wrap:wrap;gap:.7rem;margin-top:1.4rem;align-items:center}
.actions button{min-width:9rem}
.aside{margin-top:1.4rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.92rem;color:var(--soft)}
footer{margin-top:1.2rem;color:var(--soft);font-size:.84rem;text-align:center}
code{font-size:.9em;overflow-wrap:anywhere}
pre{margin:.5rem 0;padding:.7rem .9rem;background:var(--tint);border-radius:.5rem;overflow-x:auto;font-size:.85rem}
pre code{overflow-wrap:normal}
@media (max-width:30rem){.choices{grid-template-columns:1fr}.actions button{flex:1 1 100%}}
@media (prefers-reduced-motion:no-preference){button{transition:background .12s}}
`;

/** What a Content-Security-Policy names to allow exactly this style sheet, written inline. */
export const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;
