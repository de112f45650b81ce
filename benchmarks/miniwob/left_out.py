"""The pages of MiniWoB++ that no flow here fills in, by the reason why."""

from collections.abc import Mapping

# Forms that lack only this.
STEPS_WANTED: Mapping[str, str] = {
    "choose-date": "a click repeated until the calendar shows the month",
    "choose-date-nodelay": "a click repeated until the calendar shows the month",
    "click-scroll-list": "several options chosen in one list",
    "form-sequence": "a slider: a key pressed a number of times",
    "sign-agreement": "a text scrolled to its end, which unlocks the field",
    "use-slider": "a slider: a key pressed a number of times",
    "use-slider-2": "a slider: a key pressed a number of times",
}

NO_FORMS: Mapping[str, str] = {
    "needs judgement, or working out, before there is anything to key": """
        click-checkboxes-soft count-shape count-sides email-inbox-forward-nl email-inbox-forward-nl-turk
        email-inbox-nl-turk find-greatest find-midpoint generate-number guess-number identify-shape number-checkboxes
        odd-or-even order-food simple-algebra simple-arithmetic terminal tic-tac-toe visual-addition
    """,
    "is clicks alone, or mostly: there is nothing to key": """
        ascending-numbers button-delay buy-ticket click-button click-button-sequence click-collapsible
        click-collapsible-2 click-collapsible-2-nodelay click-collapsible-nodelay click-color click-dialog
        click-dialog-2 click-link click-menu click-menu-2 click-pie click-pie-nodelay click-shades click-shape click-tab
        click-tab-2 click-tab-2-easy click-tab-2-hard click-tab-2-medium click-test click-test-2 click-test-transfer
        click-widget email-inbox email-inbox-delete email-inbox-important email-inbox-noscroll email-inbox-star-reply
        grid-coordinate navigate-tree phone-book simon-says social-media social-media-all social-media-some
        stock-market unicode-test
    """,
    "is done with the mouse's movement: dragging, drawing, hovering, scrolling, marking": """
        bisect-angle chase-circle circle-center daily-calendar drag-box drag-circle drag-cube drag-items drag-items-grid
        drag-shapes drag-shapes-2 drag-single-shape drag-sort-numbers draw-circle draw-line highlight-text
        highlight-text-2 hot-cold hover-shape moving-items resize-textarea right-angle scroll-text-2 text-editor
    """,
}
LEFT_OUT: Mapping[str, str] = {
    **STEPS_WANTED,
    **{name: reason for reason, names in NO_FORMS.items() for name in names.split()},
}
