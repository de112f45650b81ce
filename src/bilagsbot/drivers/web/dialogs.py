"""alert, confirm and prompt in the browser, answered as Dialogs says."""

from playwright.sync_api import Dialog, Error

from bilagsbot.drivers.dialogs import Dialogs


def answer_dialog(dialogs: Dialogs, dialog: Dialog) -> None:
    """Answer one dialog; whoever leaves a page is let go."""
    if dialog.type == "beforeunload":
        leaving, text = True, ""
    else:
        answer = dialogs.reply(dialog.type, dialog.message)
        leaving, text = answer.accept, answer.text
    try:
        if leaving:
            dialog.accept(text)
        else:
            dialog.dismiss()
    except Error:
        pass  # its page went away, and the dialog with it
