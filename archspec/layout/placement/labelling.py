"""The labels of a plan in its drawing: where there is room, where room was made, and where it should be."""

from collections.abc import Mapping

from archspec.layout.measure import badge_of, label_extent
from archspec.layout.placed import Rect
from archspec.layout.placement import homes, labels
from archspec.layout.placement.coordinates import Drawn
from archspec.layout.placement.homes import Branch
from archspec.layout.placement.lattice import HORIZONTAL
from archspec.layout.placement.plan import Plan
from archspec.layout.placement.tracks import Home, by_line


def written(plan: Plan, drawn: Drawn, kept: Mapping[Branch, Home]) -> tuple[dict[Branch, Rect], list[Branch]]:
    """Return the room of labels by branch, those with homes first, and the branches that found none."""
    scene = _scene(plan, drawn)
    found: dict[Branch, Rect] = {}
    for branch in sorted(plan.branches, key=lambda branch: _precedence(kept.get(branch))):
        ways = [drawn.points[index] for index in branch[1]]
        home = kept.get(branch)
        spot = (_at_home(scene, home, drawn) if home else None) or labels.best_spot(
            scene, branch[0], ways, label_extent(plan.nets[branch[0]].label)
        )
        if spot:
            found[branch] = spot
            scene.add(labels.solid(spot))
    return found, [branch for branch in plan.branches if branch not in found]


def _precedence(home: Home | None) -> int:
    """Let labels take the room that is theirs alone, then that over borders, then that on a part; then all others."""
    if home is None:
        return 3
    return 2 if home.is_sought else int(home.is_open)


def _at_home(scene: labels.Scene, home: Home, drawn: Drawn) -> Rect | None:
    """Return the room that was kept for a label, if it has a place of its own and nothing else came to stand there."""
    if home.is_sought:
        return None
    (along, across), stretch, (width, height) = drawn.tracks.spots[home], home.stretch, home.size
    along += drawn.tracks.lines[1 - stretch.orientation][home.line]
    across += drawn.tracks.lines[stretch.orientation][stretch.line]
    x, y = (along, across) if stretch.orientation == HORIZONTAL else (across, along)
    spot = Rect(x - width / 2, y - height / 2, width, height)
    return spot if labels.is_free(scene, spot, _own_line(home, drawn)) else None


def _own_line(home: Home, drawn: Drawn) -> labels.Obstacle | None:
    """Return the line that a label at home interrupts, none where it stands aside."""
    stretch = home.stretch
    is_flat = stretch.orientation == HORIZONTAL
    at = drawn.tracks.lines[stretch.orientation][stretch.line] + drawn.tracks.offsets[stretch]
    return None if home.aside else labels.Obstacle(Rect(at, at, 0, 0), stretch.net, is_flat)


def keep(
    plan: Plan, drawn: Drawn, kept: Mapping[Branch, Home], homeless: Mapping[Branch, list[Home]]
) -> dict[Branch, Home]:
    """Return homes for labels that found no place, none of those refused, as far as their lines offer any."""
    added: dict[Branch, Home] = {}
    if not homeless:
        return added
    scene, lines = _scene(plan, drawn), by_line(plan.legs)
    for branch, refused in homeless.items():
        taken = [*kept.values(), *added.values()]
        ground = homes.Ground(plan.lattice, plan.legs, lines, drawn.tracks, scene, taken)
        home = homes.home(ground, branch, label_extent(plan.nets[branch[0]].label), refused)
        if home:
            added[branch] = home
    return added


def forced(plan: Plan, drawn: Drawn, found: Mapping[Branch, Rect], homeless: list[Branch]) -> dict[Branch, Rect]:
    """Return where labels stand that nothing could make room for: on something else, rather than nowhere."""
    scene = _scene(plan, drawn)
    for rect in found.values():
        scene.add(labels.solid(rect))
    forced: dict[Branch, Rect] = {}
    for number, edges in homeless:
        ways = [drawn.points[index] for index in edges]
        forced[number, edges] = labels.least_bad(scene, ways, label_extent(plan.nets[number].label))
        scene.add(labels.solid(forced[number, edges]))
    return forced


def _scene(plan: Plan, drawn: Drawn) -> labels.Scene:
    scene = labels.Scene(drawn.canvas)
    boxes = [drawn.boxes[node.id] for node in plan.tree.view.nodes]
    for rect in (*boxes, *map(badge_of, boxes), *drawn.titles.values()):
        scene.add(labels.solid(rect))
    for group in plan.tree.view.groups:
        for obstacle in labels.border(drawn.boxes[group.id]):
            scene.add(obstacle)
    for number, net in enumerate(plan.nets):
        for index, _ in net.leaves:
            for obstacle in labels.line(number, drawn.points[index]):
                scene.add(obstacle)
    return scene
