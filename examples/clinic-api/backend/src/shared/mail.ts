import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import nodemailer, { type Transporter } from 'nodemailer';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

let transport: Transporter | undefined;

/** Sends mail through SES if MAIL_FROM names a verified sender. Otherwise, it only composes the mail. */
export async function sendMail(mail: Mail): Promise<{ messageId: string; delivered: boolean }> {
  const from = process.env.MAIL_FROM;
  transport ??= from
    ? nodemailer.createTransport({ SES: { sesClient: new SESv2Client(), SendEmailCommand } })
    : nodemailer.createTransport({ jsonTransport: true });
  const { messageId } = await transport.sendMail({ from: from ?? 'clinic@example.com', ...mail });
  return { messageId, delivered: from !== undefined };
}
