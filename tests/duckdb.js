/* duckdb.js CSV TABLE SQL OUT -- the rows of a file as a table of texts in DuckDB, and what a statement
 * makes of them, as CSV. */
const fs = require('fs');
const {DuckDBInstance} = require('@duckdb/node-api');

const [csv, table, sql, out] = process.argv.slice(2);
const text = s => "'" + s.replace(/'/g, "''") + "'";
const name = s => '"' + s.replace(/"/g, '""') + '"';

(async () => {
	const db = await (await DuckDBInstance.create(':memory:')).connect();

	await db.run(`CREATE TABLE ${name(table)} AS SELECT * FROM read_csv(${text(csv)}, header = true,
		all_varchar = true, delim = ',', quote = '"', escape = '"')`);
	await db.run(`COPY (${fs.readFileSync(sql, 'utf8').replace(/;\s*$/, '')}) TO ${text(out)} (FORMAT csv, HEADER)`);
})().catch(e => {
	console.error(e.message);
	process.exit(1);
});
