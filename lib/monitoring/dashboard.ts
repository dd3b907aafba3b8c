import { Dashboard, TextWidget, TextWidgetBackground } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { DashboardRow } from './dashboard-rows';

/** Places the rows in a new dashboard, or at the end of a given one. */
export function placeDashboard(scope: Construct, rows: readonly DashboardRow[], given?: Dashboard, dashboardName?: string): Dashboard {
  const dashboard = given ?? new Dashboard(scope, 'Dashboard', { dashboardName });
  if (given) dashboard.addWidgets(heading(`# ${scope.node.path}`));
  for (const { question, widgets } of rows) {
    dashboard.addWidgets(heading(`## ${question}`));
    dashboard.addWidgets(...widgets);
  }
  return dashboard;
}

function heading(markdown: string): TextWidget {
  return new TextWidget({ markdown, width: 24, height: 1, background: TextWidgetBackground.TRANSPARENT });
}
