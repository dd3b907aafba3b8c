import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

const bucket = () => process.env.DOCUMENTS_BUCKET ?? 'clinic-documents';

let client: S3Client | undefined;
const s3 = () => (client ??= new S3Client());

export const putObject = (key: string, body: string, contentType: string) =>
  s3().send(new PutObjectCommand({ Bucket: bucket(), Key: key, Body: body, ContentType: contentType }));

// Signing only computes on the credentials. Neither function calls S3.
export const downloadUrl = (key: string, fileName: string) => {
  const ResponseContentDisposition = `attachment; filename="${fileName}"`;
  return getSignedUrl(s3(), new GetObjectCommand({ Bucket: bucket(), Key: key, ResponseContentDisposition }), {
    expiresIn: 300,
  });
};

export const uploadUrl = (key: string, contentType: string) =>
  getSignedUrl(s3(), new PutObjectCommand({ Bucket: bucket(), Key: key, ContentType: contentType }), {
    expiresIn: 900,
    signableHeaders: new Set(['content-type']),
  });
