"""Rules that are linked into their callers before they are optimised.

Numba optimises every function by itself, again in each of its callers, and makes machine code of it each time. What the
engine needs is the machine code of the few functions that Python calls. So a rule stays what LLVM's assembler reads until
a function that Python calls takes in all that it reaches; the whole is optimised once. Same arithmetic, a third of the time.

It leans on Numba's code libraries, which are not part of its public interface: `available` says whether this version of
Numba has what is needed. Where it has not, rules are compiled as Numba does it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import llvmlite.binding as llvm
import numba
from numba.core import caching, codegen, compiler, typed_passes
from numba.core.compiler_machinery import LoweringPass, register_pass
from numba.core.registry import CPUDispatcher

types: Any = numba.types

NEEDED = (
    (
        codegen.CPUCodeLibrary,
        (
            "_optimize_functions",
            "_optimize_final_module",
            "_finalize_dynamic_globals",
            "_get_module_for_linking",
            "finalize",
        ),
    ),
    (codegen.CodeLibrary, ("enable_object_caching", "_ensure_finalized")),
    (compiler, ("_LowerResult", "CompilerBase", "DefaultPassBuilder")),
    (typed_passes, ("NativeLowering", "NoPythonBackend")),
    (caching.FunctionCache, ("_load_overload", "_guard_against_spurious_io_errors")),
)


def available() -> bool:
    """Whether this version of Numba has what linking needs."""
    return all(hasattr(owner, name) for owner, names in NEEDED for name in names)


class RuleLibrary(codegen.JITCodeLibrary):
    """The code of one rule alone, as it was written: to be linked, never to be run by itself."""

    def finalize(self) -> None:
        """Close it; what it calls stays outside."""
        self._raise_if_finalized()
        self._finalize_dynamic_globals()
        self._finalized = True


class EntryLibrary(codegen.JITCodeLibrary):
    """The code of a function that Python calls, with all rules that it reaches."""

    def finalize(self) -> None:
        """Link in whatever is reached, and make machine code of the whole."""
        self._linking_libraries = list(reached(self))
        super().finalize()

    def _get_module_for_linking(self) -> Any:
        """What is kept beside the machine code, for callers to link: the names alone, as Python is the only caller.

        Its whole code would be read again at each start, and is larger than the machine code.
        """
        return llvm.parse_assembly(
            "\n".join(f'define void @"{one.name}"() {{ ret void }}' for one in self.get_defined_functions())
        )


def reached(library: Any) -> Iterator[Any]:
    """Each library that a library links to, and that those link to, once."""
    seen = set()
    waiting = list(library._linking_libraries)
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            yield one
            if isinstance(one, RuleLibrary):
                waiting.extend(one._linking_libraries)


def wide(kind: Any) -> Any:
    """The type in which a rule takes an argument: one for all whole numbers that fit into it, a constant or not."""
    kind = types.unliteral(kind)
    if isinstance(kind, types.Integer) and kind.bitwidth < types.int64.bitwidth:
        return types.int64
    if isinstance(kind, types.BaseTuple) and not isinstance(kind, types.BaseNamedTuple):
        return types.BaseTuple.from_types([wide(one) for one in kind])
    return kind


class _NewLibrary(LoweringPass):
    """Give the function a library of a kind before Numba gives it one of its own."""

    library: Any

    def __init__(self) -> None:
        super().__init__()

    def run_pass(self, state: Any) -> bool:
        """Set the library."""
        state.library = self.library(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return True


@register_pass(mutates_CFG=False, analysis_only=False)
class NewEntryLibrary(_NewLibrary):
    """A library that takes in what it reaches."""

    _name = "new_entry_library"
    library = EntryLibrary


@register_pass(mutates_CFG=False, analysis_only=False)
class NewRuleLibrary(_NewLibrary):
    """A library that is only linked; nothing is made executable."""

    _name = "new_rule_library"
    library = RuleLibrary

    def run_pass(self, state: Any) -> bool:
        """Set the library, and tell Numba that no machine code is wanted."""
        state.flags.no_compile = True
        return super().run_pass(state)


@register_pass(mutates_CFG=False, analysis_only=False)
class OfferToCallers(LoweringPass):
    """Let other functions call the rule: its library stands in for the function that it has not."""

    _name = "offer_to_callers"

    def __init__(self) -> None:
        super().__init__()

    def run_pass(self, state: Any) -> bool:
        """Register the rule under its library."""
        lowered = state["cr"]
        state.library._ensure_finalized()
        state.targetctx.insert_user_function(state.library, lowered.fndesc, [state.library])
        state["cr"] = compiler._LowerResult(lowered.fndesc, lowered.call_helper, cfunc=state.library, env=lowered.env)
        return True


class EntryCompiler(compiler.CompilerBase):
    """Numba's steps, with a library that takes in what it reaches."""

    def define_pipelines(self) -> list[Any]:
        """The steps."""
        steps = compiler.DefaultPassBuilder.define_nopython_pipeline(self.state)
        steps.add_pass_after(NewEntryLibrary, typed_passes.AnnotateTypes)
        steps.finalize()
        return [steps]


class RuleCompiler(compiler.CompilerBase):
    """Numba's steps up to code that can be linked."""

    def define_pipelines(self) -> list[Any]:
        """The steps."""
        steps = compiler.DefaultPassBuilder.define_nopython_pipeline(self.state)
        steps.add_pass_after(NewRuleLibrary, typed_passes.AnnotateTypes)
        steps.add_pass_after(OfferToCallers, typed_passes.NativeLowering)
        steps.finalize()
        return [steps]


class EntryCache(caching.FunctionCache):
    """Compiled code on disk, without what only compiling needs.

    Numba first imports and registers all that it can compile, more than half a second; what is on disk is compiled. Where
    nothing is there, compiling registers it.
    """

    def load_overload(self, signature: Any, target: Any) -> Any:
        """The code for a signature, or None."""
        with self._guard_against_spurious_io_errors():
            return self._load_overload(signature, target)


class Entry(CPUDispatcher):
    """A function that Python calls, compiled with all rules that it reaches and kept on disk.

    Parameters
    ----------
    function
        The source.
    options
        Numba's.
    """

    def __init__(self, function: Callable[..., Any], options: dict[str, Any]) -> None:
        options = {"nopython": True, "boundscheck": None, **options}
        super().__init__(function, targetoptions=options, pipeline_class=EntryCompiler)
        self._cache = EntryCache(function)


class Rule(CPUDispatcher):
    """A compiled function: linked where a rule calls it, compiled whole and cached where Python calls it.

    Parameters
    ----------
    function
        The source.
    options
        Numba's.
    entry
        Makes, of the source, the function that Python calls.
    """

    def __init__(self, function: Callable[..., Any], options: dict[str, Any], entry: Callable[[Any], Any]) -> None:
        options = {"nopython": True, "boundscheck": None, "no_cpython_wrapper": True, **options}
        super().__init__(function, targetoptions=options, pipeline_class=RuleCompiler)
        self._make_entry = entry

    @cached_property
    def entry(self) -> Any:
        """The function that Python calls."""
        return self._make_entry(self.py_func)

    def add_overload(self, compiled: Any) -> None:
        """Keep what was compiled for argument types; there is nothing in it that Python could call."""
        self.overloads[tuple(compiled.signature.args)] = compiled

    def get_call_template(self, args: tuple[Any, ...], kws: dict[str, Any]) -> Any:
        """What a call with argument types means: the numbers become wide before the call, so that one version serves all."""
        return super().get_call_template(tuple(map(wide, args)), {name: wide(kind) for name, kind in kws.items()})

    def __call__(self, *arguments: Any) -> Any:
        """Call from Python."""
        return self.entry(*arguments)
