// The linter and formatter of the editor: loaded by a worker of its own, never before Run.

export { default, PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-web";
