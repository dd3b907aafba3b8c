import { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { AlarmSeverity } from './alarm-options';
import { AlarmNotice } from './alarms';
import { LazyApiError } from '../private/errors';

/** The receivers of alarms by severity. */
export interface AlarmReceivers {
  readonly alarmTopic?: ITopic;
  readonly warningTopic?: ITopic;
  readonly criticalTopic?: ITopic;
  readonly warningActions?: readonly IAlarmAction[];
  readonly criticalActions?: readonly IAlarmAction[];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const MOST_ACTIONS = 5;

/** Throws an error if a severity has more actions than an alarm accepts. Its topic is one of them. */
export function checkActionCounts(receivers: AlarmReceivers): void {
  const topics = { warningActions: receivers.warningTopic ?? receivers.alarmTopic, criticalActions: receivers.criticalTopic ?? receivers.alarmTopic };
  for (const [prop, topic] of Object.entries(topics)) {
    const { length } = receivers[prop as keyof typeof topics] ?? [];
    const most = topic ? MOST_ACTIONS - 1 : MOST_ACTIONS;
    if (length <= most) continue;
    throw new LazyApiError('MONITORING', `monitoring.${prop} must be at most ${most}${topic ? ' with a topic' : ''}, got ${length}: `
      + `an alarm has at most ${MOST_ACTIONS} actions; use a topic with several subscribers`);
  }
}

export function alarmActions(receivers: AlarmReceivers): AlarmNotice['actionsFor'] {
  const { alarmTopic, warningTopic = alarmTopic, criticalTopic = alarmTopic, warningActions = [], criticalActions = [] } = receivers;
  const publish = (topic: ITopic | undefined) => (topic ? [new SnsAction(topic)] : []);
  const actions = {
    [AlarmSeverity.WARNING]: [...publish(warningTopic), ...warningActions],
    [AlarmSeverity.CRITICAL]: [...publish(criticalTopic), ...criticalActions],
  };
  return (severity) => actions[severity];
}
