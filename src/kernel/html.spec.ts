import { Html, html } from './html';

describe('html', () => {
  it('escapes text in content and in quoted attributes', () => {
    const hostile = `"><script>alert('x')</script>&`;
    expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</p>',
    );
  });

  it('keeps markup made by itself, also in lists', () => {
    const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`);
    expect(html`<ul>${items}</ul>`.text).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>');
  });

  it('leaves nothing behind for false, null and undefined, but keeps zero', () => {
    expect(html`<p ${false}>${null}${undefined}${0}</p>`.text).toBe('<p >0</p>');
  });

  it('is itself escaped no second time', () => {
    expect(String(html`<p>${new Html('<br>')}</p>`)).toBe('<p><br></p>');
  });
});
