/** The page of a marking that was published: its rows, which the server wrote into the page. */
import { ChangesTable } from "./changes-table.js";

const byId = (id) => document.getElementById(id);
const table = new ChangesTable({
  table: byId("changes"),
  summary: byId("summary"),
  empty: byId("no-changes"),
  onlyChanged: byId("only-changed"),
});
for (const row of JSON.parse(byId("page-config").textContent).done) table.add(row);
