// Ages that grow, pages that refresh themselves, and who else is here. Everything works without this
// file, only not by itself.
'use strict';

(() => {
    const $ = (selector, root = document) => root.querySelector(selector);
    const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
    const signedIn = Boolean($('#live'));

    // ---- Ages: the same words as aramaki.server.web.view.Ages -----------------------------------

    // How far this clock is ahead of the server's; ages are the server's business.
    let skew = 0;

    function readSkew() {
        const asOf = $('#as-of time');
        if (asOf) skew = Date.now() - Date.parse(asOf.dateTime);
    }

    function age(seconds) {
        if (seconds <= -1) return 'in ' + age(-seconds);
        const s = Math.max(0, Math.floor(seconds));
        if (s < 60) return s + ' s';
        if (s < 3600) return Math.floor(s / 60) + ' min';
        if (s < 48 * 3600) return Math.floor(s / 3600) + ' h';
        const days = Math.floor(s / 86400);
        if (days < 60) return days + ' d';
        return days < 730 ? Math.floor(days / 30) + ' months' : Math.floor(days / 365) + ' years';
    }

    function tick() {
        const now = Date.now() - skew;
        for (const time of $$('time.age')) {
            const text = age((now - Date.parse(time.dateTime)) / 1000);
            if (time.textContent !== text) time.textContent = text;
        }
    }

    // ---- Refreshing: one request for all live regions of the page --------------------------------

    const QUIET_MS = 300; // after the last message
    const LATEST_MS = 1500; // after the first one, however many follow
    const GAP_MS = 1000; // between two requests
    let timer = 0;
    let firstWaiting = 0;
    let lastRefresh = 0;
    let dirty = false;

    const regions = () => {
        const refresh = $('#refresh');
        return refresh ? $$(refresh.getAttribute('hx-select-oob')) : [];
    };

    // A text being marked or a form being filled in must not vanish under the hand.
    function busy() {
        const selection = document.getSelection();
        const marked = selection && !selection.isCollapsed ? selection.anchorNode : null;
        const typing = $('input:focus, textarea:focus, select:focus');
        return regions().some((r) => (marked && r.contains(marked)) || (typing && r.contains(typing)));
    }

    function wantRefresh() {
        if (!$('#refresh')) return;
        dirty = true;
        const now = Date.now();
        if (!firstWaiting) firstWaiting = now;
        const due = Math.max(Math.min(now + QUIET_MS, firstWaiting + LATEST_MS), lastRefresh + GAP_MS);
        clearTimeout(timer);
        timer = setTimeout(refreshNow, Math.max(0, due - now));
    }

    function refreshNow() {
        if (!dirty || document.hidden) return; // shown again, it catches up
        if (busy()) {
            timer = setTimeout(refreshNow, 1000);
            return;
        }
        dirty = false;
        firstWaiting = 0;
        lastRefresh = Date.now();
        document.body.dispatchEvent(new CustomEvent('live'));
    }

    // Before a swap: which row is focused or under the pointer and where it stands, what is open,
    // how far inner lists are scrolled.
    let kept = null;
    let pointer = null;

    // Which link it is: the same address may stand in several rows.
    function mark(anchor, region) {
        const href = anchor?.getAttribute('href');
        if (!href || !region?.contains(anchor)) return null;
        return { region: region.id, href, nth: same(region, href).indexOf(anchor) };
    }

    const same = (region, href) => $$('a[href]', region).filter((a) => a.getAttribute('href') === href);

    function find(marked) {
        const region = marked && document.getElementById(marked.region);
        if (!region) return null;
        const links = same(region, marked.href);
        return links[marked.nth] ?? links[0];
    }

    function keep() {
        const focused = document.activeElement;
        const under = pointer ? document.elementFromPoint(pointer.x, pointer.y) : null;
        const live = regions();
        const held = live.some((r) => r.contains(under)) ? under : focused;
        const region = live.find((r) => r.contains(held));
        const row = held?.closest?.('[data-row]');
        kept = {
            focus: mark(focused?.closest?.('a[href]'), live.find((r) => r.contains(focused))),
            row: row && mark($('a.go', row), region),
            top: row?.getBoundingClientRect().top,
            open: $$('details[id][open]').map((d) => d.id),
            scrolled: $$('.scroll, .output').map((e) => e.scrollTop),
        };
    }

    function restore() {
        if (!kept) return;
        kept.open.forEach((id) => document.getElementById(id)?.setAttribute('open', ''));
        $$('.scroll, .output').forEach((e, i) => { e.scrollTop = kept.scrolled[i] ?? 0; });
        if (kept.focus && document.activeElement === document.body) {
            find(kept.focus)?.focus({ preventScroll: true });
        }
        const row = find(kept.row)?.closest('[data-row]');
        if (row) window.scrollBy(0, row.getBoundingClientRect().top - kept.top);
        kept = null;
        readSkew();
        tick();
    }

    // What may be seen no more, or is no more, does not stay on the screen.
    function gone() {
        const says = document.createElement('p');
        says.className = 'notice';
        says.setAttribute('role', 'alert');
        const home = document.createElement('a');
        home.href = '/';
        home.textContent = 'Home';
        says.append('You may not see this any more, or it is not there any more. ', home);
        $('#around')?.replaceChildren();
        $('#main').replaceChildren(says);
        $('#refresh').remove();
        document.title = 'Aramaki';
    }

    document.addEventListener('pointermove', (e) => { pointer = { x: e.clientX, y: e.clientY }; }, { passive: true });
    document.documentElement.addEventListener('pointerleave', () => { pointer = null; });
    document.addEventListener('htmx:beforeSwap', (e) => { if (e.target.id === 'refresh') keep(); });
    document.addEventListener('htmx:afterRequest', (e) => { if (e.target.id === 'refresh') restore(); });
    document.addEventListener('htmx:responseError', (e) => {
        const { status: answer } = e.detail.xhr;
        if (answer === 401) say('out');
        else if (e.target.id === 'refresh' && (answer === 403 || answer === 404)) gone();
        else dirty = true; // the next message tries again
    });
    document.addEventListener('htmx:sendError', () => { dirty = true; });
    document.addEventListener('visibilitychange', () => { if (!document.hidden && dirty) refreshNow(); });

    // ---- The stream: one connection for all tabs of this browser ---------------------------------

    const SILENCE_MS = 35000; // believed only of servers that send beats
    const clock = () => new Date(Date.now() - skew).toTimeString().slice(0, 8);
    let status = '';
    let cutAt = '';
    let lastHeard = 0;
    let beats = false;
    let source = null;
    let retries = 0;
    let retry = 0;
    const channel = 'BroadcastChannel' in window ? new BroadcastChannel('aramaki-live') : null;

    function say(next) {
        const live = $('#live');
        if (!live || (status === 'out' && next === 'cut')) return;
        if (next === 'cut' && status !== 'cut') cutAt = clock();
        status = next;
        document.body.classList.toggle('is-live', next === 'live' && live.dataset.live === 'yes');
        document.body.classList.toggle('is-cut', next === 'cut' || next === 'out');
        if (next === 'out') {
            const again = document.createElement('a');
            again.href = '/sign-in';
            again.textContent = 'signed out: sign in again';
            live.replaceChildren(again);
            return;
        }
        const text = next === 'cut' ? `not live since ${cutAt}, trying again`
            : live.dataset.live === 'yes' ? 'live' : 'not a live page';
        if (live.textContent !== text) live.textContent = text;
    }

    function heard(message) {
        lastHeard = Date.now();
        switch (message.kind) {
            case 'open':
            case 'here':
                // What happened since this page was made, while nobody listened for it, only the
                // server knows.
                if (status !== 'live') wantRefresh();
                say('live');
                break;
            case 'out':
                say('out');
                break;
            case 'beat':
                beats = true;
                say('live');
                break;
            case 'message':
                say('live');
                wantRefresh();
                break;
            case 'cut':
                say('cut');
                break;
        }
    }

    function tell(message) {
        heard(message);
        channel?.postMessage(message);
    }

    function listen() {
        clearTimeout(retry);
        const before = source; // closed once the new one is open, so that nothing is missed
        told = address();
        source = new EventSource(told);
        const mine = source;
        source.onopen = () => { retries = 0; before?.close(); tell({ kind: 'open' }); };
        source.onmessage = () => tell({ kind: 'message' });
        source.addEventListener('tick', () => tell({ kind: 'message' }));
        source.addEventListener('event', () => tell({ kind: 'message' }));
        source.addEventListener('beat', () => tell({ kind: 'beat' }));
        source.onerror = () => {
            if (mine !== source) return;
            mine.close();
            before?.close();
            tell({ kind: 'cut' });
            askWhy();
            const wait = Math.min(15000, 500 * 2 ** retries++) * (0.75 + Math.random() / 2);
            clearTimeout(retry);
            retry = setTimeout(listen, wait);
        };
    }

    // An event source does not tell why it was refused.
    function askWhy() {
        fetch('/api/v1/whoami', { cache: 'no-store' })
            .then((answer) => { if (answer.status === 401) tell({ kind: 'out' }); }, () => {});
    }

    function watch() {
        if (!beats || Date.now() - lastHeard < SILENCE_MS) return;
        lastHeard = Date.now();
        heard({ kind: 'cut' });
        listen(); // as owner anew; as another tab because the owner seems dead
    }

    function join() {
        if (channel) {
            channel.onmessage = ({ data }) => {
                if (data.kind === 'at') {
                    place(data);
                } else if (data.kind === 'where') {
                    here();
                } else if (data.kind === 'who') {
                    if (source && source.readyState === EventSource.OPEN) channel.postMessage({ kind: 'here' });
                } else if (!(source && source.readyState === EventSource.OPEN)) {
                    heard(data);
                }
            };
        }
        if (channel && navigator.locks) {
            channel.postMessage({ kind: 'who' });
            channel.postMessage({ kind: 'where' });
            // Held until this tab goes; then the next tab gets it.
            navigator.locks.request('aramaki-stream', () => new Promise(() => {
                status = ''; // between the tab before and this one something may have been missed
                listen();
            }));
        } else {
            listen();
        }
    }

    // ---- Presence: the stream's address names what is visible in this browser --------------------

    const PLACES = 8; // as many as the server listens to
    const word = () => (crypto.randomUUID?.() ?? Math.random().toString(36).slice(2).padEnd(12, '0'));
    const tab = word();
    const tabs = new Map(); // where each tab is, as far as it is visible
    let told = '';
    let telling = 0;

    function browser() {
        try {
            const known = localStorage.getItem('aramaki-browser') ?? word();
            localStorage.setItem('aramaki-browser', known);
            return known;
        } catch {
            return tab;
        }
    }

    function address() {
        const query = new URLSearchParams({ browser: browser() });
        const places = [...new Set([...tabs.values()].map((t) => t.at))].sort();
        places.slice(0, PLACES).forEach((at) => query.append('at', at));
        return '/stream?' + query;
    }

    function place({ tab: id, at }) {
        if (at) tabs.set(id, { at, heard: Date.now() });
        else tabs.delete(id);
        clearTimeout(telling);
        telling = setTimeout(() => { if (source && told !== address()) listen(); }, 200);
    }

    // Only what people work on counts, and only while somebody can see it.
    function here(gone) {
        const visible = !gone && !document.hidden && location.pathname.startsWith('/s/');
        const message = { kind: 'at', tab, at: visible ? location.pathname + location.hash : '' };
        channel?.postMessage(message);
        place(message);
    }

    // A tab that died says nothing; the others repeat themselves.
    function forget() {
        here();
        for (const [id, { heard }] of tabs) if (Date.now() - heard > 150000) place({ tab: id, at: '' });
    }

    function copying() {
        if (!navigator.clipboard) return;
        for (const button of $$('[data-copy]')) {
            button.hidden = false;
            button.addEventListener('click', () => {
                navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent)
                    .then(() => { button.textContent = 'Copied'; setTimeout(() => { button.textContent = 'Copy'; }, 1500); });
            });
        }
    }

    // ---- Begin -----------------------------------------------------------------------------------

    readSkew();
    tick();
    setInterval(tick, 5000);
    if (signedIn) {
        copying();
        here();
        join();
        setInterval(forget, 60000);
        document.addEventListener('visibilitychange', () => here());
        window.addEventListener('hashchange', () => here());
        window.addEventListener('pagehide', () => here(true));
        window.addEventListener('pageshow', () => here());
        setInterval(watch, 5000);
        // A page that comes back from the browser's memory is old.
        window.addEventListener('pageshow', (e) => { if (e.persisted) wantRefresh(); });
    }
})();
