import { narrativeProblem } from './narrative-check';

const div = (inner: string, attributes = ''): string => `<div xmlns="http://www.w3.org/1999/xhtml"${attributes}>${inner}</div>`;

describe(narrativeProblem, () => {
  it.each([
    ['text', div('A')],
    ['formatting, lists and tables', div('<h2>A</h2><p><b>x</b><br/></p><ul><li>1</li></ul><table border="1"><tbody><tr><td colspan="2">a</td></tr></tbody></table>')],
    ['links to places', div('<a href="https://example.org/a?b=c">x</a> <a href="#here">y</a> <a name="here">z</a> <a href="mailto:a@example.org">m</a> <a href="Patient/1">p</a>')],
    ['an image alone', div('<img src="data:image/png;base64,AAAA" alt=""/>')],
    ['styles and classes', div('<span style="color: red; width: 50%" class="x">a</span>', " lang='en' xml:lang='en'")],
    ['a style with an image that comes along', div('<td style="background-image: url(dots.png)">a</td>')],
    ['entities and comments', div('A &amp; B &lt; &#169; &#xA9; &nbsp; <!-- not - shown -->')],
    ['blanks around it', ` \n${div('a')}\n`],
  ])('takes %s', (_, xhtml) => {
    expect(narrativeProblem(xhtml)).toBeUndefined();
  });

  it.each([
    ['a script', div('<script>alert(1)</script>')],
    ['a script in capitals', div('<SCRIPT>alert(1)</SCRIPT>')],
    ['an event', div('<p onclick="x()">a</p>')],
    ['an event without blank before it', div('<img src="a"onerror="x()"/>')],
    ['an event without quotes', div('<img src=a onerror=x()>')],
    ['a form', div('<form action="/x"><input name="a"/></form>')],
    ['a frame', div('<iframe src="https://example.org"></iframe>')],
    ['an object', div('<object data="x"></object>')],
    ['a vector image', div('<svg><g onload="x()"/></svg>')],
    ['a style sheet', div('<style>p { color: red }</style>')],
    ['a link to a style sheet', div('<link rel="stylesheet" href="x.css"/>')],
    ['a base', div('<base href="https://example.org"/>')],
    ['an address that runs', div('<a href="javascript:x()">a</a>')],
    ['an address that runs, disguised by references', div('<a href="java&#115;cript&#x3A;x()">a</a>')],
    ['an address that runs, disguised by blanks', div('<a href=" java&#9;script:x()">a</a>')],
    ['an address that runs, with a named colon', div('<a href="javascript&colon;x()">a</a>')],
    ['a page as data', div('<a href="data:text/html,a">a</a>')],
    ['a picture that may hold scripts', div('<img src="data:image/svg+xml;base64,AAAA"/>')],
    ['a style that loads from elsewhere', div('<p style="background: url(https://example.org/a)">a</p>')],
    ['a style that runs', div('<p style="width: expression(x())">a</p>')],
    ['a style with escapes', div('<p style="width: e\\xpression(x())">a</p>')],
    ['a conditional comment', div('<!--[if IE]><script>x()</script><![endif]-->a')],
    ['a document type', `<!DOCTYPE html>${div('a')}`],
    ['a processing instruction', div('<?php x ?>')],
    ['a CDATA section', div('<![CDATA[<script>x()</script>]]>')],
    ['another namespace', '<div xmlns="http://www.w3.org/2000/svg">a</div>'],
    ['no namespace', '<div>a</div>'],
    ['a body', '<body xmlns="http://www.w3.org/1999/xhtml">a</body>'],
    ['two elements', div('a') + div('b')],
    ['text beside it', `a${div('b')}`],
    ['text alone', 'a'],
    ['an element that is not closed', div('<p>a')],
    ['elements closed in a wrong order', div('<b><i>a</b></i>')],
    ['a bare ampersand', div('a & b')],
    ['an attribute given twice', div('<p class="a" class="b">a</p>')],
    ['nothing', div('')],
    ['blanks alone', div('<p> \n </p>')],
  ])('refuses %s', (_, xhtml) => {
    expect(narrativeProblem(xhtml)).toMatch(/\((txt-1|txt-2)\)\.$/);
  });

  it('repeats nothing of what it refuses', () => {
    expect(narrativeProblem(div('<secret onfoo="555-1234">Smith</secret>'))).not.toMatch(/secret|555|Smith/);
  });

  it.each([
    ['deep', '<b>'.repeat(50_000)],
    ['an endless tag', `<p ${'a="b" '.repeat(30_000)}`],
    ['blanks within a tag', `<p${' '.repeat(100_000)}`],
    ['hyphens within a comment', `<!--${'-'.repeat(100_000)}`],
    ['ampersands', '&amp'.repeat(50_000)],
  ])('is quick with what is %s', (_, inner) => {
    const started = Date.now();
    expect(narrativeProblem(div(inner))).toBeDefined();
    expect(Date.now() - started).toBeLessThan(2000);
  });
});
