// duckdb.js WORK FILE THREADS -- the same groups in DuckDB, by the best SQL found: columns typed so that nothing is
// guessed, CASE instead of FILTER, only the columns that are needed.
//
//   means   weighted shares of the answers 4 and 5, by year and province; no errors
//   nested  the same, summed by village first: faster where villages hold many rows
//   totals  what errors need: sums of weights and of weights of the answers 4 and 5 for each village
//   tally STATEMENT  what `hailong tally --sql --dialect duckdb --table answers` printed, weights as decimals
"use strict";
const fs = require("fs");
const path = require("path");
const { DuckDBInstance } = require(path.join(process.env.DUCKDB, "node_modules/@duckdb/node-api"));

const [work, file, threads, statement] = process.argv.slice(2);
const text = (s) => "'" + s.replace(/'/g, "''") + "'";

function head(name) {
  const f = fs.openSync(name, "r");
  const block = Buffer.alloc(1 << 20);
  const n = fs.readSync(f, block, 0, block.length, 0);
  fs.closeSync(f);
  return block.toString("utf8", 0, n).split("\n", 1)[0].split(",");
}

const types = { id: "INTEGER", year: "SMALLINT", province: "VARCHAR", stratum: "TINYINT", village: "VARCHAR",
  weight: work === "tally" ? "DECIMAL(18,4)" : "DOUBLE" };
const columns = head(file);
const items = columns.filter((c) => /^q[0-9]+$/.test(c));
const typed = columns.map((c) => `${text(c)}: ${text(types[c] || (items.includes(c) ? "TINYINT" : "VARCHAR"))}`);
const source = `read_csv(${text(file)}, header = true, delim = ',', quote = '"', escape = '"', auto_detect = false,
  new_line = '\\n', nullstr = ['NA', ''], columns = {${typed.join(", ")}})`;
const valid = (q) => `sum(CASE WHEN ${q} IS NOT NULL THEN weight ELSE 0 END)`;
const hits = (q) => `sum(CASE WHEN ${q} >= 4 THEN weight ELSE 0 END)`;
const sql = {
  means: () => `SELECT year, province, ${items.map((q) => `${hits(q)} / ${valid(q)} AS ${q}`)} FROM ${source}
    GROUP BY ALL ORDER BY ALL`,
  totals: () => `SELECT year, province, stratum, village, ${items.map((q) => `${valid(q)}, ${hits(q)}`)} FROM ${source}
    GROUP BY ALL`,
};
sql.tally = () => fs.readFileSync(statement, "utf8").replace(/;\s*$/, "");
sql.nested = () => `SELECT year, province, ${items.map((q) => `sum(h${q}) / sum(v${q}) AS ${q}`)} FROM (
  SELECT year, province, village, ${items.map((q) => `${valid(q)} AS v${q}, ${hits(q)} AS h${q}`)} FROM ${source}
  GROUP BY ALL) GROUP BY ALL ORDER BY ALL`;

(async () => {
  const instance = await DuckDBInstance.create(":memory:", { threads });
  const connection = await instance.connect();
  if (work === "tally") await connection.run(`CREATE VIEW answers AS SELECT * FROM ${source}`);
  await connection.run(`COPY (${sql[work]()}) TO '/dev/stdout' (FORMAT csv, HEADER true)`);
})().catch((e) => { console.error(String(e)); process.exit(1); });
