import { type FhirResource, parseJson, readXml, stringifyJson, writeXml, XmlSyntaxError } from '../index';

const patient = (inside: string, attributes = 'xmlns="http://hl7.org/fhir"') => `<Patient ${attributes}>${inside}</Patient>`;
const XHTML = 'xmlns="http://www.w3.org/1999/xhtml"';

describe(writeXml, () => {
  it('writes elements in the order of the specification, ids and urls as attributes, values as attributes', () => {
    const resource = parseJson(`{"resourceType":"Patient","birthDate":"1990-01-01","_birthDate":{"id":"b","extension":[{"url":"http://example.org/t","valueDateTime":"1990-01-01T01:02:03Z"}]},
      "name":[{"id":"n1","given":["A",null],"_given":[null,{"extension":[{"url":"http://example.org/m","valueCode":"unknown"}]}],"family":"O'Neil & \\"Co\\"\\n<x>"}],"active":true,"id":"p1"}`) as FhirResource;
    expect(writeXml(resource)).toBe('<?xml version="1.0" encoding="UTF-8"?><Patient xmlns="http://hl7.org/fhir"><id value="p1"/><active value="true"/>'
      + '<name id="n1"><family value="O\'Neil &amp; &quot;Co&quot;&#10;&lt;x&gt;"/><given value="A"/><given><extension url="http://example.org/m"><valueCode value="unknown"/></extension></given></name>'
      + '<birthDate id="b" value="1990-01-01"><extension url="http://example.org/t"><valueDateTime value="1990-01-01T01:02:03Z"/></extension></birthDate></Patient>');
  });

  it('keeps decimals to the digit, and contained resources within theirs', () => {
    const text = '{"resourceType":"Observation","contained":[{"resourceType":"Patient","id":"p"}],"status":"final","code":{"text":"x"},"valueQuantity":{"value":1.10}}';
    const xml = writeXml(parseJson(text) as FhirResource);
    expect(xml).toContain('<contained><Patient><id value="p"/></Patient></contained><status');
    expect(xml).toContain('<value value="1.10"/>');
    expect(stringifyJson(readXml(xml))).toBe(text);
  });

  it('keeps the markup of narratives, and lets none break out', () => {
    const text = (div: string) => writeXml({ resourceType: 'Patient', text: { status: 'generated', div } });
    const good = `<div ${XHTML}><p class='a'>a<br/>&lt; &#160;</p>\n</div>`;
    expect(text(good)).toContain(`<status value="generated"/>${good}</text>`);
    expect(text(`<div ${XHTML}>a&nbsp;b</div>`)).toContain(`<div ${XHTML}>a&#160;b</div>`);
    for (const bad of [`<div ${XHTML}><p></div>`, `<div ${XHTML}></div></text><active value="false"/><text>`, '<div>no namespace</div>', `<!DOCTYPE a><div ${XHTML}/>`, `<div ${XHTML}><?php x?></div>`]) {
      expect(text(bad)).not.toContain(bad);
      expect(readXml(text(bad))).toMatchObject({ text: { status: 'generated' } });
    }
  });

  it('is not kept busy by markup without an end', () => {
    const started = performance.now();
    for (const div of [`<div ${XHTML}>${'<b>'.repeat(300_000)}`, `<div ${XHTML}>${'<b>'.repeat(300_000)}${'</b>'.repeat(300_000)}</div>`]) {
      expect(writeXml({ resourceType: 'Patient', text: { status: 'generated', div } })).toContain('&lt;b&gt;&lt;b&gt;');
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('writes nothing that XML cannot hold', () => {
    expect(writeXml({ resourceType: 'Patient', name: [{ text: 'a\u0001b\ufffe' }] })).toContain('<text value="a\ufffdb\ufffd"/>');
  });

  it('indents where that is asked for, but not within narratives', () => {
    const resource = { resourceType: 'Patient', text: { status: 'generated', div: `<div ${XHTML}><p>a</p></div>` }, name: [{ family: 'A' }] };
    expect(writeXml(resource, { pretty: true })).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<Patient xmlns="http://hl7.org/fhir">
  <text>
    <status value="generated"/>
    <div ${XHTML}><p>a</p></div>
  </text>
  <name>
    <family value="A"/>
  </name>
</Patient>
`);
    expect(readXml(writeXml(resource, { pretty: true }))).toEqual(resource);
  });
});

describe(readXml, () => {
  it('reads lists, companions and places without a value', () => {
    const xml = patient('<name><given value="A"/><given><extension url="u"><valueCode value="x"/></extension></given><given value="B" id="g"/></name><active value="false"/><birthDate><extension url="u"><valueCode value="x"/></extension></birthDate>');
    const extension = [{ url: 'u', valueCode: 'x' }];
    expect(readXml(xml)).toEqual({
      resourceType: 'Patient', active: false, _birthDate: { extension },
      name: [{ given: ['A', null, 'B'], _given: [null, { extension }, { id: 'g' }] }],
    });
  });

  it.each([
    ['a prefix for FHIR', `<f:Patient xmlns:f="http://hl7.org/fhir" ${XHTML}><f:text><f:status value="generated"/><div><p title="&lt;">a &amp; b</p></div></f:text></f:Patient>`, `<div ${XHTML}><p title="&lt;">a &amp; b</p></div>`],
    ['a prefix for XHTML', patient('<text><status value="generated"/><h:div><h:br/></h:div></text>', 'xmlns="http://hl7.org/fhir" xmlns:h="http://www.w3.org/1999/xhtml"'), `<div ${XHTML}><br></br></div>`],
    ['markup as it is written', patient(`<text><status value="generated"/><div ${XHTML}><p  a='1'>&#160;<!-- x --><br /></p></div></text>`), `<div ${XHTML}><p  a='1'>&#160;<!-- x --><br /></p></div>`],
  ])('takes %s', (_what, xml, div) => expect(readXml(xml)).toEqual({ resourceType: 'Patient', text: { status: 'generated', div } }));

  it('takes a byte order mark, comments, CDATA of blanks, and a hint at a schema', () => {
    const xml = `\ufeff<?xml version="1.0" encoding="utf-8"?><!-- c -->${patient('<!-- c --><active value="true"/> <![CDATA[ ]]>', 'xmlns="http://hl7.org/fhir" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://hl7.org/fhir ../a.xsd"')}`;
    expect(readXml(xml)).toEqual({ resourceType: 'Patient', active: true });
  });

  it.each([
    ['an external entity', `<!DOCTYPE Patient [<!ENTITY x SYSTEM "file:///etc/passwd">]>${patient('<name><family value="&x;"/></name>')}`],
    ['a parameter entity', `<!DOCTYPE Patient [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]>${patient('')}`],
    ['an external DTD', `<!DOCTYPE Patient SYSTEM "http://127.0.0.1/x.dtd">${patient('')}`],
    ['a billion laughs', `<!DOCTYPE Patient [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>${patient('<name><family value="&b;"/></name>')}`],
    ['an entity without a DTD', patient('<name><family value="&nbsp;"/></name>')],
    ['a processing instruction', `<?xml-stylesheet href="http://127.0.0.1/x.xsl"?>${patient('')}`],
    ['a processing instruction within', patient('<?x y?>')],
    ['an inclusion', patient('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>')],
    ['another encoding', `<?xml version="1.0" encoding="UTF-16"?>${patient('')}`],
    ['another namespace', patient('', 'xmlns="urn:hl7-org:v3"')],
    ['no namespace', patient('', '')],
    ['a root that is no resource', '<HumanName xmlns="http://hl7.org/fhir"/>'],
    ['two roots', patient('') + patient('')],
    ['nothing', ''],
    ['JSON', '{"resourceType":"Patient"}'],
    ['an open element', '<Patient xmlns="http://hl7.org/fhir"><active value="true"/>'],
    ['an unknown element', patient('<birthday value="1990-01-01"/>')],
    ['an unknown attribute', patient('<active value="true" status="x"/>')],
    ['xml:id', patient('<name xml:id="n"><family value="A"/></name>')],
    ['an id on a resource as an attribute', patient('<active value="true"/>', 'xmlns="http://hl7.org/fhir" id="p"')],
    ['text', patient('<active>true</active>')],
    ['CDATA', patient('<![CDATA[x]]>')],
    ['an element twice', patient('<active value="true"/><active value="true"/>')],
    ['an empty element', patient('<name/>')],
    ['an element that is empty but for extensions it lacks', patient('<birthDate></birthDate>')],
    ['a truth that is none', patient('<active value="1"/>')],
    ['two resources in one place', `<Bundle xmlns="http://hl7.org/fhir"><type value="batch"/><entry><resource>${patient('')}${patient('')}</resource></entry></Bundle>`],
    ['a datatype where a resource belongs', patient('<contained><HumanName><family value="A"/></HumanName></contained>')],
    ['foreign markup in a narrative', patient(`<text><status value="generated"/><div ${XHTML}><svg xmlns="http://www.w3.org/2000/svg"/></div></text>`)],
    ['a narrative out of its namespace', patient('<text><status value="generated"/><div><p/></div></text>')],
    ['deep nesting', patient('<contained>'.repeat(100))],
    ['deep markup', patient(`<text><status value="generated"/><div ${XHTML}>${'<p>'.repeat(200_000)}</div></text>`)],
    ['a thousand attributes', patient('', `xmlns="http://hl7.org/fhir" ${Array.from({ length: 1000 }, (_, index) => `a${index}=""`).join(' ')}`)],
    ['a thousand namespaces', patient('', `xmlns="http://hl7.org/fhir" ${Array.from({ length: 1000 }, (_, index) => `xmlns:a${index}="u"`).join(' ')}`)],
    ['a control character', patient('<name><family value="&#1;"/></name>')],
  ])('refuses %s', (_what, xml) => expect(() => readXml(xml)).toThrow(XmlSyntaxError));

  it.each([
    [patient('<name><family value="A"/></name><name><period><start value="x" b="c"/></period></name>'), 'Patient.name[1].period.start'],
    [patient('<contained><Observation><code><txt value="x"/></code></Observation></contained>'), 'Patient.contained[0].code'],
    ['<Observation xmlns="http://hl7.org/fhir"><valueQuantity><value value="1,5"/></valueQuantity></Observation>', 'Observation.valueQuantity.value'],
  ])('names the element of what is wrong', (xml, path) => {
    expect(() => readXml(xml)).toThrow(expect.objectContaining({ path }));
  });

  it('says where XML ends to be well-formed, and quotes nothing', () => {
    expect(() => readXml(patient('\n<name><Secret</name>'))).toThrow(/^The XML is not well-formed at line 2, column \d+\.$/);
  });
});
