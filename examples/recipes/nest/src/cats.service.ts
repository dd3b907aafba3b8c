import { Injectable, NotFoundException } from '@nestjs/common';

@Injectable()
export class CatsService {
  private readonly names = ['Felix'];

  findOne(id: number) {
    if (!this.names[id]) throw new NotFoundException();
    return { id, name: this.names[id] };
  }
}
