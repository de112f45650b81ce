"""Login, logout, the frames and the menu."""

import hmac

from bilagsbot.practice.exchange import Reply, Request, redirect
from bilagsbot.practice.pages import page
from bilagsbot.practice.program import Program


def login(program: Program, request: Request) -> Reply:
    """The login form, or the frames for one who is let in."""
    if request.method != "POST":
        return login_form(program)
    given = f"{request.form.get('bruker', '')}\n{request.form.get('passord', '')}"
    wanted = f"{program.user}\n{program.password}"
    if not hmac.compare_digest(given.encode(), wanted.encode()):
        return login_form(program, "Feil bruker eller passord")
    cookie = f"{program.cookie}={program.sessions.open()}; Path=/; HttpOnly; SameSite=Lax"
    return redirect("/", ("Set-Cookie", cookie))


def login_form(program: Program, text: str = "") -> Reply:
    """The login form, with what went wrong."""
    return page(program, "login.html", text=text)


def logout(program: Program, request: Request) -> Reply:
    """Back to the login form, in the frame where the link was followed to."""
    program.sessions.close(request.session)
    gone = f"{program.cookie}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
    return redirect("/login", ("Set-Cookie", gone))


def frames(program: Program, _: Request) -> Reply:
    """The frameset: the menu to the left, the main frame to the right."""
    return page(program, "ramme.html")


def menu(program: Program, _: Request) -> Reply:
    """The menu frame."""
    return page(program, "meny.html")


def home(program: Program, _: Request) -> Reply:
    """What the main frame shows first."""
    return page(program, "hjem.html", user=program.user)
