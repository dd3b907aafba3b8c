import { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { AlarmSeverity } from './alarm-options';
import { AlarmNotice } from './alarms';

/** Who is told of what. */
export interface AlarmReceivers {
  readonly alarmTopic?: ITopic;
  readonly warningTopic?: ITopic;
  readonly criticalTopic?: ITopic;
  readonly warningActions?: readonly IAlarmAction[];
  readonly criticalActions?: readonly IAlarmAction[];
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
