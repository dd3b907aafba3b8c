import Handlebars from 'handlebars';

interface Visits {
  from: string;
  to: string;
  rows: { specialty: string; visits: number; noShows: number; noShowRate: number }[];
}

const handlebars = Handlebars.create();
handlebars.registerHelper('percent', (share: number) => `${Math.round(share * 100)}%`);

export const renderVisits = handlebars.compile<Visits>(`<!doctype html>
<html lang="en">
  <title>Visits from {{from}} to {{to}}</title>
  <table>
    <tr><th>Specialty</th><th>Visits</th><th>No-shows</th></tr>
    {{#each rows}}
    <tr><td>{{specialty}}</td><td>{{visits}}</td><td>{{noShows}} ({{percent noShowRate}})</td></tr>
    {{else}}
    <tr><td colspan="3">No visits</td></tr>
    {{/each}}
  </table>
</html>
`);
