// The palette: a field with a list under it, by the combobox pattern. The field keeps the focus; the
// list is the server's, so that what hosts say is escaped in one place.
'use strict';

(() => {
    const palette = document.getElementById('palette');
    if (!palette) return;
    const field = document.getElementById('palette-q');
    const list = document.getElementById('palette-list');
    const says = document.getElementById('palette-says');
    let asked = null; // what the list shows, or will show
    let shown = null;
    let asking = null;
    let timer = 0;
    let wanted = false; // Enter came before the answer

    const options = () => [...list.querySelectorAll('[role=option]')];
    const chosen = () => list.querySelector('[aria-selected=true]');

    function open() {
        if (palette.open) {
            field.select();
            return;
        }
        palette.showModal();
        field.value = '';
        ask();
    }

    function choose(option) {
        chosen()?.setAttribute('aria-selected', 'false');
        if (option) {
            option.setAttribute('aria-selected', 'true');
            option.scrollIntoView({ block: 'nearest' });
            field.setAttribute('aria-activedescendant', option.id);
        } else {
            field.removeAttribute('aria-activedescendant');
        }
    }

    function show(html, text) {
        list.innerHTML = html; // our own server's, escaped; no script in it would run
        shown = text;
        const any = options();
        list.hidden = any.length === 0;
        field.setAttribute('aria-expanded', String(any.length > 0));
        choose(any[0]);
        list.scrollTop = 0;
        const count = any.length;
        says.textContent = count ? '' : `Nothing is called anything like “${text}”.`;
        if (wanted) run(chosen());
    }

    async function ask() {
        const text = field.value.trim();
        if (text === asked && asking === null && text === shown) return;
        asked = text;
        asking?.abort();
        const mine = new AbortController();
        asking = mine;
        try {
            const answer = await fetch('/search/options?q=' + encodeURIComponent(text), { signal: mine.signal, cache: 'no-store' });
            if (!answer.ok) throw new Error(String(answer.status));
            const html = await answer.text();
            if (mine !== asking) return;
            asking = null;
            show(html, text);
        } catch (e) {
            if (e.name === 'AbortError' || mine !== asking) return;
            asking = null;
            wanted = false;
            says.textContent = 'The server does not answer.';
        }
    }

    function soon() {
        wanted = false;
        clearTimeout(timer);
        timer = setTimeout(ask, 60);
    }

    function run(option) {
        wanted = false;
        if (!option) return;
        const { href, copyText } = option.dataset;
        if (href) {
            palette.close();
            location.assign(href);
        } else if (copyText && navigator.clipboard) {
            navigator.clipboard.writeText(copyText).then(
                () => { says.textContent = 'Copied: ' + copyText; },
                () => { says.textContent = 'The browser did not let us copy: ' + copyText; });
        }
    }

    function step(by) {
        const all = options();
        if (!all.length) return;
        const at = all.indexOf(chosen());
        choose(all[(at + by + all.length) % all.length]);
    }

    field.addEventListener('input', soon);
    field.addEventListener('keydown', (e) => {
        if (e.isComposing) return;
        switch (e.key) {
            case 'ArrowDown': step(1); break;
            case 'ArrowUp': step(-1); break;
            case 'PageDown': choose(options()[Math.min(options().length - 1, options().indexOf(chosen()) + 8)]); break;
            case 'PageUp': choose(options()[Math.max(0, options().indexOf(chosen()) - 8)]); break;
            case 'Enter':
                if (field.value.trim() === shown) {
                    run(chosen());
                } else {
                    clearTimeout(timer);
                    ask();
                    wanted = true; // opens what the answer has first
                }
                break;
            default: return;
        }
        e.preventDefault();
    });
    list.addEventListener('mousedown', (e) => e.preventDefault()); // the field keeps the focus
    list.addEventListener('click', (e) => run(e.target.closest('[role=option]')));
    palette.addEventListener('click', (e) => { if (e.target === palette) palette.close(); });
    palette.addEventListener('close', () => { asking?.abort(); asking = null; wanted = false; clearTimeout(timer); });
    document.addEventListener('aramaki:palette', open);
    document.getElementById('palette-open')?.addEventListener('click', (e) => {
        if (e.ctrlKey || e.metaKey || e.shiftKey) return;
        e.preventDefault();
        open();
    });
})();
