"""Images: every place that shows a crop, and none that only looks like it."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from bilagsbot.drivers.desktop.crops import Crop, load_crop
from bilagsbot.drivers.desktop.geometry import Rect
from bilagsbot.drivers.desktop.images import Frame, Images
from bilagsbot.drivers.desktop.screen import Picture, Screen
from bilagsbot.model.errors import BadInput

from .shows import Shows, button, label

Cut = Callable[[Rect], Crop]


@pytest.fixture
def images(screen: Screen) -> Images:
    return Images(screen)


@pytest.fixture
def cut(screen: Screen, tmp_path: Path) -> Cut:
    """Cuts what is at a rect into a file, as an engineer does, and loads it."""

    def cut_one(rect: Rect) -> Crop:
        assert screen.still(screen.rect, 0.1, 5)
        file = tmp_path / "crop.png"
        cv2.imwrite(str(file), screen.grab(rect).pixels)
        return load_crop(file)

    return cut_one


def shown(shows: Shows, screen: Screen, *widgets: dict[str, object], **window: object) -> list[Rect]:
    rects = shows.show(*widgets, **window)
    assert screen.still(screen.rect, 0.1, 5)
    return rects


def test_a_button_is_found_again_where_the_window_was_moved_to(
    shows: Shows, screen: Screen, images: Images, cut: Cut
) -> None:
    crop = cut(shows.show(button("Bokfør", 50, 40), button("Avbryt", 50, 90))[0])
    for x, y in ((40, 60), (41, 60), (303, 157), (600, 333)):  # odd places: small text is easily lost between pixels
        (there, _) = shown(shows, screen, button("Bokfør", 50, 40), button("Avbryt", 50, 90), x=x, y=y)
        assert images.find(crop, screen.rect) == [there]
    assert images.find(crop, Rect(0, 0, 200, 200)) == []  # elsewhere
    assert images.find(crop, Rect(0, 0, 20, 20)) == []  # too small a region to hold it


def test_two_that_look_alike_are_two(shows: Shows, screen: Screen, images: Images, cut: Cut) -> None:
    one, *_ = shown(shows, screen, button("Lagre", 20, 30), button("Lagre som", 20, 80))
    crop = cut(one)
    assert images.find(crop, screen.rect) == [one]
    both = shown(shows, screen, button("Lagre", 20, 30), button("Lagre", 317, 211))
    assert sorted(images.find(crop, screen.rect)) == sorted(both)


@pytest.mark.parametrize("dark", [False, True])
def test_a_disabled_button_is_no_hit(shows: Shows, screen: Screen, images: Images, cut: Cut, dark: bool) -> None:
    crop = cut(shows.show(button("Bokfør", 50, 40), dark=dark)[0])
    shown(shows, screen, button("Bokfør", 50, 40, sensitive=False), dark=dark)
    assert images.find(crop, screen.rect) == []


def test_red_is_not_green(shows: Shows, screen: Screen, images: Images, cut: Cut) -> None:
    # Of these two, a gray picture shows the same.
    red, green = (f"background: rgb({shade}); color: rgb(250,250,250);" for shade in ("200,20,20", "20,113,20"))
    crop = cut(shows.show(label("Ikke i balanse", css=red))[0])
    shown(shows, screen, label("Ikke i balanse", css=green))
    assert images.find(crop, screen.rect) == []
    (there,) = shown(shows, screen, label("Ikke i balanse", css=red))
    assert images.find(crop, screen.rect) == [there]


@pytest.mark.parametrize("px", [9, 13])
@pytest.mark.parametrize("other", ["Bilag 10433", "Bilag 10482", "Bilag 19432", "Bilag 10452"])
def test_another_voucher_number_is_no_hit(
    shows: Shows, screen: Screen, images: Images, cut: Cut, px: int, other: str
) -> None:
    crop = cut(shows.show(label("Bilag 10432", px=px))[0])
    _, there = shown(shows, screen, label(other, px=px), label("Bilag 10432", 310, 211, px=px))
    assert images.find(crop, screen.rect) == [there]


def test_at_another_scale_nothing_is_found(shows: Shows, screen: Screen, images: Images, cut: Cut) -> None:
    crop = cut(shows.show(button("Bokfør", css="font-size: 10pt;"))[0])
    shown(shows, screen, button("Bokfør", css="font-size: 10pt;"), dpi=120)
    assert images.find(crop, screen.rect) == []


def test_what_was_found_is_not_told_again_when_it_is_gone(
    shows: Shows, screen: Screen, images: Images, cut: Cut
) -> None:
    (there,) = shows.show(button("Bokfør"))
    crop = cut(there)
    assert images.find(crop, screen.rect) == images.find(crop, screen.rect) == [there]
    shown(shows, screen, button("Bokført"))
    assert images.find(crop, screen.rect) == []


FLAT = np.full((30, 60, 3), 180, np.uint8)
RULED = FLAT.copy()
RULED[10:14] = 20
CLEAR = np.dstack([FLAT, np.full((30, 60), 120, np.uint8)])
CLEAR[5:9, 5:9] = 255
BUTTON = FLAT.copy()
BUTTON[5:20, 5:9] = 0


@pytest.mark.parametrize(
    ("pixels", "why"),
    [
        (FLAT, "nothing but one colour; cut a crop with text or edges"),
        (RULED, "nothing but straight lines"),
        (CLEAR, "transparent in places"),
        (BUTTON[:6, :40], "40 x 6 pixels are too few"),
        (BUTTON.astype(np.uint16), "16 bits"),
    ],
)
def test_a_crop_that_cannot_be_known_again_is_refused(tmp_path: Path, pixels: Picture, why: str) -> None:
    file = tmp_path / "x.png"
    cv2.imwrite(str(file), np.asarray(pixels))
    with pytest.raises(BadInput, match=rf"x\.png: .*{why}"):
        load_crop(file)


def test_a_file_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.png"
    with pytest.raises(BadInput, match="cannot be read: No such file"):
        load_crop(file)
    file.write_bytes(b"GIF89a")
    with pytest.raises(BadInput, match="no PNG"):
        load_crop(file)
    whole = cv2.imencode(".png", BUTTON)[1].tobytes()
    file.write_bytes(whole[:40])
    with pytest.raises(BadInput, match="broken"):
        load_crop(file)
    file.write_bytes(whole)
    assert load_crop(file, dpi=120).size == (60, 30)


@pytest.mark.timeout(20)  # with a million places to look at closely it takes twice that
def test_a_page_that_is_still_white_is_no_crowd_of_hits_for_a_light_button() -> None:
    button = np.full((40, 67, 3), 239, np.uint8)
    cv2.putText(button, "Lagre", (8, 30), cv2.FONT_HERSHEY_PLAIN, 0.9, (30, 30, 30))
    page = np.full((1061, 1920, 3), 255, np.uint8)
    frame = Frame(Picture(page, Rect(0, 0, 1920, 1061)))

    assert frame.find(Crop("light", button)) == []
