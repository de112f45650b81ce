// What an element is: all that a person would tell it by.
(() => {
  const own = window.__bilagsbot;
  if (!own || own.facts) return;
  const fold = own.fold = s => (s || '').replace(/\s+/g, ' ').trim();
  const quoted = s => '"' + s.replace(/\\/g, '\\\\').replace(/"/g, '\\"') + '"';
  const FIELDS = 'input:not([type=hidden]), select, textarea';

  // A label around its field says what the field holds, too: the options of a list, a text.
  const words = around => {
    const copy = around.cloneNode(true);
    copy.querySelectorAll('select, textarea, button, datalist').forEach(inner => inner.remove());
    return copy.textContent;
  };
  const label = e => {
    const by = (e.getAttribute('aria-labelledby') || '').split(/\s+/).map(id => id && document.getElementById(id));
    if (by.some(one => one)) return fold(by.filter(one => one).map(one => one.textContent).join(' '));
    return fold(e.getAttribute('aria-label') || (e.labels && e.labels[0] ? words(e.labels[0]) : ''));
  };
  const cell = e => {
    const td = e.closest('td, th'), left = td && td.previousElementSibling;
    return left && !left.querySelector(FIELDS) ? fold(left.innerText) : '';
  };
  const buttonLike = e => e.tagName === 'BUTTON' || (e.tagName === 'INPUT' && /^(submit|button|reset|image)$/.test(e.type));
  const ROLES = {A: 'link', BUTTON: 'button', SELECT: 'combobox', TEXTAREA: 'textbox', OPTION: 'option', TD: 'cell'};
  const INPUTS = {checkbox: 'checkbox', radio: 'radio', submit: 'button', button: 'button', reset: 'button',
                  image: 'button', number: 'spinbutton', search: 'searchbox', hidden: '', file: '', password: ''};
  const role = e => e.getAttribute('role') ||
    (e.tagName === 'INPUT' ? (e.type in INPUTS ? INPUTS[e.type] : 'textbox') : ROLES[e.tagName] || '');
  const text = e => {
    if (e.tagName === 'INPUT') return buttonLike(e) ? fold(e.value) : '';
    if (e.matches('select, textarea, table, html, body')) return '';
    return fold(e.innerText).slice(0, 200);
  };
  const heading = e => {
    const legend = e.closest('fieldset') && e.closest('fieldset').querySelector('legend');
    const heads = [...document.querySelectorAll('h1, h2, [role=heading], caption, th.listtop')];
    const before = heads.filter(h => h.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
    const first = legend || before[before.length - 1] || heads[0];
    return fold(first && first.innerText).slice(0, 80);
  };
  const css = e => {
    const path = [];
    for (let one = e; one && one !== document.documentElement; one = one.parentElement) {
      const same = one.parentElement ? [...one.parentElement.children].filter(x => x.tagName === one.tagName) : [one];
      path.unshift(one.tagName.toLowerCase() + (same.length > 1 ? `:nth-of-type(${same.indexOf(one) + 1})` : ''));
      if (one.tagName === 'FORM' && one.getAttribute('name')) {
        path[0] = `form[name=${quoted(one.getAttribute('name'))}]`;
        break;
      }
    }
    return path.join(' > ');
  };
  // The headers of a table as its rows are read: one without a name of its own goes by its number.
  const spot = e => {
    const row = e.closest('tr'), table = row && row.closest('table'), td = e.closest('td, th');
    if (!table || !td) return null;
    const heading = r => r.cells.length > 1 && [...r.cells].every(c => c.tagName === 'TH' && c.scope !== 'row');
    const head = [...table.rows].find(heading);
    if (!head || head === row || head.rowIndex > row.rowIndex || head.cells.length !== row.cells.length) return null;
    const names = [...head.cells].map(c => fold(c.innerText));
    const headers = names.map((n, i) => n && names.indexOf(n) === names.lastIndexOf(n) ? n : String(i + 1));
    const within = head.parentElement === table ? 'tr' : `${head.parentElement.tagName.toLowerCase()} > tr`;
    const heads = names.filter(n => n && names.indexOf(n) === names.lastIndexOf(n)).slice(0, 3);
    const has = heads.map(n => `:has(> ${within} > th:has-text(${quoted(n)}))`).join('');
    const ways = [table.id && `table#${CSS.escape(table.id)}`, has && `table${has}`,
                  ...[...table.classList].map(c => `table.${CSS.escape(c)}`)];
    return {headers, cells: [...row.cells].map(c => fold(c.innerText)), column: td.cellIndex,
            ways: ways.filter(w => w).map(w => ({css: w}))};
  };
  // Where it is in the window, whatever frames are around it.
  const box = e => {
    let {left, top, width, height} = e.getBoundingClientRect();
    try {
      for (let win = window; win !== win.parent; win = win.parent) {
        const frame = win.frameElement, at = frame.getBoundingClientRect();
        left += at.left + frame.clientLeft;
        top += at.top + frame.clientTop;
      }
    } catch { return null; }
    return [left, top, width, height].map(Math.round);
  };
  own.view = () => { try { return [window.top.innerWidth, window.top.innerHeight]; } catch { return null; } };
  own.facts = e => ({
    tag: e.tagName.toLowerCase(), type: e.type && typeof e.type === 'string' ? e.type : '',
    name: e.getAttribute('name') || '', id: e.id || '', label: label(e), cell: cell(e), role: role(e),
    named: label(e) || (/^(link|button|option|cell|tab|menuitem)$/.test(role(e)) ? text(e) : ''),
    text: text(e), title: e.getAttribute('title') || '', placeholder: e.getAttribute('placeholder') || '',
    href: e.tagName === 'A' ? e.getAttribute('href') || '' : '', css: css(e), heading: heading(e),
    box: box(e), options: e.tagName === 'SELECT' ? [...e.options].map(o => fold(o.text)) : [], spot: spot(e),
  });
  // What a person would say that it shows.
  own.shown = e => {
    if (own.isSecret(e)) return '';
    if (e.tagName === 'SELECT') return e.selectedOptions.length ? fold(e.selectedOptions[0].text) : '';
    if (e.type === 'checkbox' || e.type === 'radio') return String(e.checked);
    return 'value' in e && !/^(LI|BUTTON)$/.test(e.tagName) ? String(e.value) : fold(e.innerText);
  };
})();
