"""What is asked of the page itself, in its own language: one round trip to the browser each.

A round trip costs 1 to 3 ms, and Playwright's own verbs are up to ten of them. So what is found, judged and done to an
element is asked in one; where the page is not as simple as that (covered, moving, in a shadow root, in a frame of
another site), the answer says so and Playwright's patient verbs do it.
"""

# Finds elements as locate.py's locators do. `null` where only Playwright can tell.
FIND = r"""
  const fold = s => (s || '').replace(/\s+/g, ' ').trim();
  const visible = e => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && e.checkVisibility() && getComputedStyle(e).visibility === 'visible';
  };
  const labels = e => {
    const by = (e.getAttribute('aria-labelledby') || '').split(/\s+/).map(id => id && document.getElementById(id));
    if (by.some(label => label)) return by.filter(label => label).map(label => label.textContent);
    const own = e.getAttribute('aria-label');
    return own && own.trim() ? [own] : e.type === 'hidden' ? [] : [...e.labels || []].map(l => l.textContent);
  };
  const shadowed = () => [...document.querySelectorAll('*')].some(e => e.shadowRoot);
  const xpath = path => {
    const found = document.evaluate(path, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
    return Array.from({length: found.snapshotLength}, (_, i) => found.snapshotItem(i)).filter(n => n.nodeType === 1);
  };
  const ways = {
    css: value => [...document.querySelectorAll(value)],
    xpath,
    label: value => [...document.querySelectorAll('*')].filter(e => labels(e).some(l => fold(l) === fold(value))),
    document: () => [document.documentElement],
  };
  const find = ask => {
    let found;
    try { found = ways[ask.way](ask.value); } catch { return null; }
    if (ask.way === 'document') return found;
    if (shadowed() || found.some(e => getComputedStyle(e).display === 'contents')) return null;
    return ask.hidden ? found : found.filter(visible);
  };
"""

# What the elements found are, for the fingerprint, and what a person would say that they show. Then, where they are the
# one that is meant, what `then` says: `type` readies it for typing over, `leave` leaves it as Tab does, and the others
# tell where a click would hit it, in the window's coordinates: no animation may carry it away, nothing may cover it, in
# any frame around it. `aim` remembers it, `submit` is for the very element that was aimed at; it and `click` have the
# page drop a click that misses it, or comes after `deadline` (ms).
ACT = r"""
  const shown = (e, ask) => {
    if (ask.way === 'document') return ask.value === 'title' ? document.title : document.location.href;
    if (e.tagName === 'SELECT') return e.selectedOptions.length ? e.selectedOptions[0].text.trim() : '';
    if (e.type === 'checkbox' || e.type === 'radio') return String(e.checked);
    if (e.type === 'file') return [...e.files].map(f => f.name).join(', ');
    if ('value' in e && e.tagName !== 'LI' && e.tagName !== 'BUTTON') return String(e.value);
    return e.tagName === 'TABLE' || e.tagName === 'HTML' ? '' : e.innerText || '';
  };
  const VALUES = 'input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image]), select, textarea';
  const ownWords = label => {
    const copy = label.cloneNode(true);
    copy.querySelectorAll('select, textarea, button').forEach(field => field.remove());
    return copy.textContent;
  };
  // What a person would call it. In a row that begins with a field, a text may be what the field left of it is called.
  const called = e => {
    const told = [...labels(e), ...[...e.labels || []].map(ownWords)], td = e.closest('td, th');
    const row = td && td.closest('tr'), table = row && row.closest('table');
    if (!table) return told;
    const cells = [...row.cells], first = cells.findIndex(c => c.querySelector(VALUES));
    const led = first < 0 || cells.slice(0, first + 1).some(c => fold(c.textContent)), left = td.previousElementSibling;
    if (left && led && !left.querySelector(VALUES)) told.push(left.innerText);
    const start = c => [...c.parentElement.cells].slice(0, c.cellIndex).reduce((n, one) => n + one.colSpan, 0);
    const heads = [...table.rows].slice(0, row.rowIndex).filter(r => [...r.cells].every(c => c.tagName === 'TH'));
    const over = heads.length && [...heads[heads.length - 1].cells].find(c => start(c) === start(td));
    return over ? [...told, over.innerText] : told;
  };
  const word = s => fold(s).replace(/[\s:*]+$/, '');
  const unlike = (e, is) => {
    const button = e.tagName === 'INPUT' && ['submit', 'button', 'reset'].includes(e.type);
    const has = {
      tag: () => e.tagName.toLowerCase(), type: () => e.type || '', name: () => e.getAttribute('name') || '',
      text: () => fold(button ? e.value : e.innerText),
    };
    for (const part in has) if (is[part] && fold(is[part]) !== has[part]()) return [part, has[part]()];
    const names = is.label ? called(e).map(word) : [];
    if (is.label && !names.includes(word(is.label))) return ['label', names.join(' / ')];
    const near = is.near && (e.closest('tr') || e.closest('label') || e.parentElement);
    return is.near && !(near && fold(near.innerText).includes(fold(is.near))) ? ['near', ''] : null;
  };
  const enabled = e => !e.matches(':disabled') && !e.closest('[aria-disabled=true]');
  const TYPED = ['text', 'search', 'tel', 'url', 'email', 'password', ''];
  const typable = e => enabled(e) && !e.readOnly &&
    (e.tagName === 'TEXTAREA' || (e.tagName === 'INPUT' && TYPED.includes(e.type)));
  const point = e => {
    if (!enabled(e)) return null;
    const moves = a => a.playState === 'running' && a.effect && a.effect.target && a.effect.target.contains(e);
    if (document.getAnimations().some(moves)) return null;
    const box = () => e.getClientRects()[0] || e.getBoundingClientRect();
    const middle = ({left, top, width, height}) => [left + width / 2, top + height / 2];
    let [x, y] = middle(box()), win = window;
    if (x < 0 || y < 0 || x > win.innerWidth || y > win.innerHeight) {
      e.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
      [x, y] = middle(box());
    }
    const hit = e.getRootNode().elementFromPoint(x, y);
    if (!hit || !e.contains(hit)) return null;
    while (win !== win.parent) {
      let frame = null;
      try { frame = win.frameElement; } catch { return null; }
      if (!frame || getComputedStyle(frame).transform !== 'none') return null;
      const at = frame.getBoundingClientRect(), style = getComputedStyle(frame);
      x += at.left + frame.clientLeft + parseFloat(style.paddingLeft || 0);
      y += at.top + frame.clientTop + parseFloat(style.paddingTop || 0);
      if (frame.ownerDocument.elementFromPoint(x, y) !== frame) return null;
      win = win.parent;
    }
    return [x, y];
  };
  const guard = (e, deadline) => {
    const key = Symbol.for('bilagsbot.gate'), hear = new AbortController();
    if (window[key]) window[key].open();
    const gate = window[key] = {late: false, hit: null, open: () => hear.abort()};
    for (const kind of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'submit'])
      window.addEventListener(kind, event => {
        if (gate.hit === null && event.isTrusted) gate.hit = event.composedPath().includes(e);
        if (deadline && Date.now() > deadline) gate.late = true;
        if (!gate.late && gate.hit !== false) return;
        event.preventDefault();
        event.stopImmediatePropagation();
      }, {capture: true, signal: hear.signal});
  };
  const CLICKS = ['click', 'aim', 'submit'], AIMED = Symbol.for('bilagsbot.aimed');
  const act = (seen, ask) => {
    if (seen.length !== 1) return {count: seen.length};
    const e = seen[0], odd = unlike(e, ask.is), told = {count: 1};
    if (odd) return {count: 1, unlike: odd};
    if (ask.then === 'type' && typable(e)) {
      e.focus();
      e.select();
      told.ready = document.activeElement === e;
    }
    if (ask.then === 'leave') e.blur();
    if (ask.then) told.point = CLICKS.includes(ask.then) ? point(e) : null;
    if (ask.then === 'aim') window[AIMED] = e;
    if (ask.then === 'submit') {
      if (window[AIMED] !== e) return {count: 1, unlike: ['element', '']};
      told.uploads = [...document.querySelectorAll('input[type=file]')].some(f => f.files.length > 0);
    }
    if (ask.then === 'submit' || (ask.then === 'click' && told.point)) guard(e, ask.deadline);
    if (ask.options && e.options) {
      told.options = [...e.options].map(o => [fold(o.text), o.value]);
      told.chosen = e.selectedIndex;
    }
    return {...told, kind: e.type || '', shown: shown(e, ask)};
  };
"""

# Leaves whatever has the focus, in a frame or not, as Tab does: the page hears its change.
LEAVE_ANY = """
page => {
  let active = (page || document).activeElement, inner = null;
  do {
    try { inner = active && active.contentDocument; } catch { inner = null; }
    if (inner) active = inner.activeElement;
  } while (inner);
  if (active && active.blur) active.blur();
}
"""

# One look a question, all in one frame.
LOOK = f"""
asked => {{
  {FIND} {ACT}
  const one = ask => {{ const found = find(ask); return found && act(found, ask); }};
  return JSON.stringify(JSON.parse(asked).map(one));
}}
"""

# The same, when whatever has the focus, in this window or a frame of it, has been left: the page hears its change.
LEAVE_AND_LOOK = f"""
asked => {{
  let page = document;
  try {{ page = window.top.document || page; }} catch {{ /* of another site */ }}
  ({LEAVE_ANY.strip()})(page);
  return ({LOOK.strip()})(asked);
}}
"""

# The same look at elements that Playwright found.
LOOK_AT = f"(elements, asked) => {{ {FIND} {ACT} return JSON.stringify(act(elements, JSON.parse(asked))); }}"

# Several fields at once, as the browser would set them, all or none; what each shows when all are left.
FILL = f"""
asked => {{
  {FIND} {ACT}
  const asks = JSON.parse(asked);
  const set = (e, text) => {{
    const before = e.value, proto = e.tagName === 'TEXTAREA' ? HTMLTextAreaElement : HTMLInputElement;
    e.focus({{preventScroll: true}});
    Object.getOwnPropertyDescriptor(proto.prototype, 'value').set.call(e, text);
    e.dispatchEvent(new InputEvent('input', {{bubbles: true, composed: true, inputType: 'insertText', data: text}}));
    if (e.value !== before) e.dispatchEvent(new Event('change', {{bubbles: true}}));
    e.blur();
  }};
  const takes = (e, text) => typable(e) && !(e.maxLength >= 0 && text.length > e.maxLength);
  const seen = asks.map(find);
  if (seen.some((found, i) => !found || found.length !== 1 || unlike(found[0], asks[i].is))) return null;
  const fields = seen.map(([e]) => e);
  if (new Set(fields).size < fields.length || !fields.every((e, i) => takes(e, asks[i].text))) return null;
  fields.forEach((e, i) => set(e, asks[i].text));
  return asks.map(ask => {{ const found = find(ask); return found && found.length === 1 ? found[0].value : null; }});
}}
"""

# Takes the guard of a click away, which would drop every later click on a page that stays; tells whether it dropped
# this one: `late`, or `hit` another element. Nothing where the next page is there already.
DISARM = """
() => {
  const gate = window[Symbol.for('bilagsbot.gate')];
  if (!gate) return null;
  gate.open();
  delete window[Symbol.for('bilagsbot.gate')];
  return {late: gate.late, hit: gate.hit};
}
"""
